using Heed.Tensors;

namespace Heed.Nn;

/// <summary>A part of a model: parameters with names, and parts of its own.</summary>
/// <remarks>
/// A constructor registers every parameter and part under an explicit key, so that the names in checkpoints (in the
/// manner of PyTorch and Hugging Face) do not change when a C# property is renamed. There is no reflection and no training
/// mode: a forward pass drops out when it is handed a <see cref="Heed.Tensors.Random.DropoutSource"/>, and only then.
/// </remarks>
public abstract partial class Module
{
    private readonly List<NamedParameter> parameters = [];
    private readonly List<(string Key, Module Module)> children = [];

    /// <summary>How many numbers are trained; a parameter that several parts share counts once.</summary>
    public long ParameterCount => NamedParameters().Sum(parameter => (long)parameter.Tensor.Count);

    /// <summary>
    /// Every parameter once, under its full name, in the order of registration: a module's own before those of its parts.
    /// A parameter that several parts share has the first of its names.
    /// </summary>
    public IReadOnlyList<NamedParameter> NamedParameters()
    {
        var found = new List<NamedParameter>();
        Collect(string.Empty, found, new HashSet<Tensor>(ReferenceEqualityComparer.Instance));
        return found;
    }

    /// <summary>Every part, and the parts of parts, under its full name, in the order of registration.</summary>
    /// <remarks>A part without a level of its own in the names has the name of the module it is a part of.</remarks>
    public IEnumerable<(string Name, Module Module)> NamedModules() =>
        children.SelectMany(child => child.Module.NamedModules()
            .Select(inner => (Name: Join(child.Key, inner.Name), inner.Module))
            .Prepend((Name: child.Key, child.Module)));

    /// <summary>Stops gradients from flowing to any parameter of this module: it is used, but not trained.</summary>
    public void Freeze()
    {
        foreach (NamedParameter parameter in NamedParameters())
        {
            parameter.Tensor.Freeze();
        }
    }

    /// <summary>Lets gradients flow to all parameters of this module again.</summary>
    public void Unfreeze()
    {
        foreach (NamedParameter parameter in NamedParameters())
        {
            parameter.Tensor.WithGradient();
        }
    }

    /// <summary>Forgets all gradients, before the next backward pass.</summary>
    public void ClearGradients()
    {
        foreach (NamedParameter parameter in NamedParameters())
        {
            parameter.Tensor.ClearGradient();
        }
    }

    /// <summary>Registers a parameter of this module.</summary>
    /// <param name="key">The last part of its name, for example <c>weight</c>.</param>
    /// <param name="values">Its initial values; from now on gradients flow to it, and no scope gives it back.</param>
    /// <returns><paramref name="values"/>.</returns>
    protected Tensor Parameter(string key, Tensor values)
    {
        ArgumentNullException.ThrowIfNull(values);
        GuardKey(key);
        parameters.Add(new NamedParameter(key, values.Keep().WithGradient()));
        return values;
    }

    /// <summary>Registers a part of this module.</summary>
    /// <param name="key">Its part of the names, for example <c>self_attn</c>; empty to add no level to the names.</param>
    /// <param name="module">The part.</param>
    /// <returns><paramref name="module"/>.</returns>
    protected T Child<T>(string key, T module)
        where T : Module
    {
        ArgumentNullException.ThrowIfNull(module);
        GuardKey(key);
        children.Add((key, module));
        return module;
    }

    /// <summary>Registers a list of parts, named <c>key.0</c>, <c>key.1</c> and so on.</summary>
    /// <param name="key">What their names begin with, for example <c>layers</c>.</param>
    /// <param name="count">How many.</param>
    /// <param name="create">Makes the i-th; called in order.</param>
    protected IReadOnlyList<T> Children<T>(string key, int count, Func<int, T> create)
        where T : Module
    {
        ArgumentNullException.ThrowIfNull(create);
        var list = new T[count];
        for (int i = 0; i < count; i++)
        {
            list[i] = Child($"{key}.{i}", create(i));
        }

        return list;
    }

    private void Collect(string prefix, List<NamedParameter> found, HashSet<Tensor> seen)
    {
        foreach ((string key, Tensor tensor) in parameters)
        {
            if (seen.Add(tensor))
            {
                found.Add(new NamedParameter(prefix + key, tensor));
            }
        }

        foreach ((string key, Module module) in children)
        {
            module.Collect(key.Length == 0 ? prefix : $"{prefix}{key}.", found, seen);
        }
    }

    private static string Join(string outer, string inner) => outer.Length == 0 ? inner : inner.Length == 0 ? outer : $"{outer}.{inner}";

    private void GuardKey(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (parameters.Any(p => p.Name == key) || (key.Length > 0 && children.Any(c => c.Key == key)))
        {
            throw new ArgumentException($"{GetType().Name} already has a parameter or part named '{key}'", nameof(key));
        }
    }
}
