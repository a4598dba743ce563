using Heed.Tensors;

namespace Heed.Nn;

/// <content>Loading parameters by name.</content>
public abstract partial class Module
{
    private const int ProblemsShown = 8;

    /// <summary>Sets every parameter from the tensor of the same name.</summary>
    /// <param name="values">Exactly the names of <see cref="NamedParameters"/>, with the same shapes.</param>
    /// <exception cref="InvalidDataException">Names are missing or unknown, or shapes differ; nothing was loaded then.</exception>
    public void Load(IReadOnlyDictionary<string, Tensor> values) => Load(new TensorDictionary(values));

    /// <summary>Sets every parameter from the tensor of the same name, reading one at a time into place.</summary>
    /// <param name="source">Holds exactly the names of <see cref="NamedParameters"/>, with the same shapes.</param>
    /// <exception cref="InvalidDataException">Names are missing or unknown, or shapes differ; nothing was loaded then.</exception>
    public void Load(IParameterSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        IReadOnlyList<NamedParameter> wanted = NamedParameters();
        List<string> problems = FindProblems(source, wanted);
        if (problems.Count > 0)
        {
            string more = problems.Count > ProblemsShown ? $"; and {problems.Count - ProblemsShown} more" : string.Empty;
            throw new InvalidDataException($"{source.Description} does not fit {GetType().Name}: {string.Join("; ", problems.Take(ProblemsShown))}{more}");
        }

        foreach ((string name, Tensor tensor) in wanted)
        {
            source.Read(name, tensor.MutableValues());
        }
    }

    private static List<string> FindProblems(IParameterSource source, IReadOnlyList<NamedParameter> wanted)
    {
        var unused = new HashSet<string>(source.Names, StringComparer.Ordinal);
        var problems = new List<string>();
        foreach ((string name, Tensor tensor) in wanted)
        {
            if (!unused.Remove(name))
            {
                problems.Add($"'{source.DisplayName(name)}' {tensor.Shape} is missing");
            }
            else if (!source.ShapeOf(name).SequenceEqual(tensor.Shape.ToArray().Select(length => (long)length)))
            {
                problems.Add($"'{source.DisplayName(name)}' is [{string.Join(", ", source.ShapeOf(name))}] and must be {tensor.Shape}");
            }
        }

        problems.AddRange(unused.Order(StringComparer.Ordinal).Select(name => $"'{name}' is not a parameter of the model"));
        return problems;
    }

    private sealed class TensorDictionary(IReadOnlyDictionary<string, Tensor> values) : IParameterSource
    {
        public string Description => "the set of tensors";

        public IEnumerable<string> Names => values.Keys;

        public IReadOnlyList<long> ShapeOf(string name) => [.. values[name].Shape.ToArray()];

        public void Read(string name, Span<float> destination) => values[name].Values.CopyTo(destination);
    }
}
