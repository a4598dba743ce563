using System.Text;

namespace Heed.Text.IO;

/// <summary>Writes a file whole or not at all: readers see the old content or the new, never a part of the new.</summary>
/// <remarks>
/// The content goes to <c>NAME.partial</c> beside the target, is flushed to the disk, and is then renamed over the target.
/// .NET offers no way to flush a directory, so after a power cut the rename itself may be lost; the file then still holds
/// its old content, whole.
/// </remarks>
public static class AtomicFile
{
    private const int BufferSize = 1 << 16;

    /// <summary>Replaces the content of <paramref name="path"/> by what <paramref name="write"/> writes.</summary>
    /// <param name="path">The file to create or replace; its directory must exist.</param>
    /// <param name="write">Writes the content. The stream can seek; it is closed for the caller.</param>
    /// <exception cref="IOException">The file cannot be written (no room, no such directory, or another writer is at it).
    /// Whatever this method or <paramref name="write"/> throws, the old file is untouched and the partial one removed.</exception>
    /// <exception cref="UnauthorizedAccessException">The directory or the old file may not be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(write);
        string target = Path.GetFullPath(path);
        string partial = PartialPath(target);

        // Opened before the try: where another writer holds the partial file, this call must not delete it.
        var stream = new FileStream(partial, FileMode.Create, FileAccess.ReadWrite, FileShare.None, BufferSize);
        try
        {
            using (stream)
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(partial, target, overwrite: true);
        }
        catch
        {
            DeleteIfPossible(partial);
            throw;
        }
    }

    /// <summary>Replaces the content of <paramref name="path"/> by <paramref name="content"/>.</summary>
    /// <inheritdoc cref="Write" path="/exception"/>
    public static void WriteAllBytes(string path, ReadOnlyMemory<byte> content) =>
        Write(path, stream => stream.Write(content.Span));

    /// <summary>Replaces the content of <paramref name="path"/> by <paramref name="content"/> in UTF-8, without a byte-order mark.</summary>
    /// <inheritdoc cref="Write" path="/exception"/>
    public static void WriteAllText(string path, string content)
    {
        ArgumentNullException.ThrowIfNull(content);
        Write(path, stream =>
        {
            using var writer = new StreamWriter(stream, new UTF8Encoding(false, throwOnInvalidBytes: true), BufferSize, leaveOpen: true);
            writer.Write(content);
        });
    }

    internal static string PartialPath(string path) => path + ".partial";

    private static void DeleteIfPossible(string path)
    {
        // The caller is already throwing the reason; a second error here would hide it.
        try { File.Delete(path); }
        catch (IOException) { }
        catch (UnauthorizedAccessException) { }
    }
}
