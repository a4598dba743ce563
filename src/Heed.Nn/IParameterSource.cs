namespace Heed.Nn;

/// <summary>Something that holds the values of named parameters: usually a file of weights.</summary>
public interface IParameterSource
{
    /// <summary>What it is called in error messages, for example the file's path.</summary>
    string Description { get; }

    /// <summary>The names of everything that it holds.</summary>
    IEnumerable<string> Names { get; }

    /// <summary>What a parameter is called in error messages: a file that names it otherwise says how.</summary>
    /// <param name="name">The parameter's name.</param>
    string DisplayName(string name) => name;

    /// <summary>The axis lengths of one of its tensors.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    IReadOnlyList<long> ShapeOf(string name);

    /// <summary>Reads the values of one of its tensors, in row-major order.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="destination">As long as the tensor has elements.</param>
    void Read(string name, Span<float> destination);
}
