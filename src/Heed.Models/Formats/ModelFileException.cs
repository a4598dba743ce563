namespace Heed.Models.Formats;

/// <summary>A file of a model (weights, vocabulary, config of another library) is malformed.</summary>
/// <remarks>The message is one sentence that begins with the file's path and names the place and what was expected there.</remarks>
public sealed class ModelFileException : IOException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="path">The file.</param>
    /// <param name="problem">What is wrong and where, without the file's name.</param>
    /// <param name="innerException">What led to it, if anything did.</param>
    public ModelFileException(string path, string problem, Exception? innerException = null)
        : base($"{path}: {problem}", innerException)
    {
        Path = path;
    }

    /// <summary>The malformed file.</summary>
    public string Path { get; }
}
