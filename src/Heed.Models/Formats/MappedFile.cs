using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using Heed.Text.IO;

namespace Heed.Models.Formats;

/// <summary>A file mapped into memory for reading. Reading is safe from several threads at once.</summary>
/// <remarks>As with every mapped file, another process that cuts it short while it is open can end this one; our own writers replace files instead.</remarks>
internal sealed class MappedFile : IDisposable
{
    private readonly MemoryMappedFile? map; // an empty file cannot be mapped
    private readonly MemoryMappedViewAccessor? view;

    private MappedFile(string path, long length, MemoryMappedFile? map)
    {
        Path = path;
        Length = length;
        this.map = map;
        view = map?.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
    }

    public string Path { get; }

    public long Length { get; }

    /// <exception cref="IOException">The file does not exist or cannot be read.</exception>
    public static MappedFile Open(string path)
    {
        FileStream stream = InputFile.Open(path, FileShare.Read | FileShare.Delete, bufferSize: 0);
        try
        {
            long length = stream.Length;
            if (length > 0)
            {
                return new MappedFile(path, length, MemoryMappedFile.CreateFromFile(stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false));
            }
        }
        catch
        {
            stream.Dispose();
            throw;
        }

        stream.Dispose();
        return new MappedFile(path, 0, null);
    }

    /// <summary>Copies from the file.</summary>
    /// <param name="offset">The first byte; the caller has checked that all bytes lie in the file.</param>
    /// <param name="destination">Receives the values, as stored.</param>
    public void Read<T>(long offset, Span<T> destination) where T : unmanaged
    {
        if (destination.IsEmpty)
        {
            return;
        }

        ObjectDisposedException.ThrowIf(view is null || !view.CanRead, this);
        // Bytes, because a handle reads wider types only where they are aligned.
        view.SafeMemoryMappedViewHandle.ReadSpan((ulong)(view.PointerOffset + offset), MemoryMarshal.AsBytes(destination));
    }

    public void Dispose()
    {
        view?.Dispose();
        map?.Dispose();
    }
}
