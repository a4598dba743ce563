namespace Heed.Text.IO;

/// <summary>Opens files for reading.</summary>
public static class InputFile
{
    /// <summary>Opens a file; a folder in its place is named as such, where .NET would speak of denied access.</summary>
    /// <param name="path">The file.</param>
    /// <param name="share">What other programs may do with it meanwhile.</param>
    /// <param name="bufferSize">The size of the stream's own buffer in bytes; 0 for none.</param>
    /// <param name="options">How it will be read.</param>
    /// <exception cref="FileNotFoundException">There is no such file, or a folder in its place.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static FileStream Open(string path, FileShare share = FileShare.Read, int bufferSize = 1 << 12, FileOptions options = FileOptions.None)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Directory.Exists(path)
            ? throw new FileNotFoundException($"{path} is a folder; expected a file")
            : new FileStream(path, FileMode.Open, FileAccess.Read, share, bufferSize, options);
    }
}
