using System.Collections.Immutable;
using System.IO.MemoryMappedFiles;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Heed.Models.Formats;

/// <summary>A safetensors file, opened for reading: names, shapes, metadata, and the tensors' values on demand.</summary>
/// <remarks>
/// The format: 8 bytes with the header's length, a JSON header, the tensors' bytes
/// (<see href="https://github.com/huggingface/safetensors"/>). The whole header is checked when the file is opened; the data
/// are mapped into memory and read only when asked for. Reading is safe from several threads at once. As with every mapped
/// file, another process that cuts the file short while it is open can end this one; our own writers replace files instead.
/// </remarks>
public sealed class SafetensorsFile : IDisposable
{
    private const int ChunkElements = 4096;

    private readonly MemoryMappedFile map;
    private readonly MemoryMappedViewAccessor view;
    private readonly Dictionary<string, SafetensorsEntry> byName;

    private SafetensorsFile(string path, SafetensorsHeader header, MemoryMappedFile map)
    {
        FilePath = path;
        Entries = header.Entries;
        Metadata = header.Metadata;
        byName = header.Entries.ToDictionary(e => e.Name, StringComparer.Ordinal);
        this.map = map;
        view = map.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
    }

    /// <summary>The path that was opened.</summary>
    public string FilePath { get; }

    /// <summary>The tensors, in the order of their names (ordinal).</summary>
    public ImmutableArray<SafetensorsEntry> Entries { get; }

    /// <summary>The header's metadata; empty where it has none.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Opens a file and checks all of its header.</summary>
    /// <exception cref="ModelFileException">The file is not a whole, well-formed safetensors file.</exception>
    /// <exception cref="IOException">The file does not exist or cannot be read.</exception>
    public static SafetensorsFile Open(string path)
    {
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0);
        try
        {
            var header = SafetensorsHeader.Read(path, stream);
            var map = MemoryMappedFile.CreateFromFile(stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
            return new SafetensorsFile(path, header, map);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Whether the file holds a tensor of this name.</summary>
    public bool Contains(string name) => byName.ContainsKey(name);

    /// <summary>The entry of a tensor.</summary>
    /// <exception cref="ModelFileException">The file has no such tensor.</exception>
    public SafetensorsEntry this[string name] => byName.TryGetValue(name, out var entry)
        ? entry
        : throw new ModelFileException(FilePath, $"there is no tensor {Display.Quote(name)} among the {Entries.Length} of the file");

    /// <summary>Reads a tensor of F32, F16, BF16 or F64 as 32-bit floats.</summary>
    /// <param name="name">The tensor.</param>
    /// <param name="destination">Receives the values in row-major order; exactly as long as the tensor.</param>
    /// <exception cref="ModelFileException">The file has no such tensor, or it holds no floats.</exception>
    /// <exception cref="ArgumentException"><paramref name="destination"/> has another length than the tensor.</exception>
    public void ReadFloat32(string name, Span<float> destination)
    {
        var entry = this[name];
        CheckLength(entry, destination.Length, entry.ElementCount, nameof(destination));
        switch (entry.DataType)
        {
            case SafetensorsDataType.Float32: ReadRaw(entry.Offset, destination); break;
            case SafetensorsDataType.Float16: ReadConverted<Half, float>(entry, destination); break;
            case SafetensorsDataType.Float64: ReadConverted<double, float>(entry, destination); break;
            case SafetensorsDataType.BFloat16: ReadBFloat16(entry, destination); break;
            default: throw WrongType(entry, "floats (F32, F16, BF16 or F64)");
        }
    }

    /// <summary>Reads a tensor of F32, F16, BF16 or F64 into a new array.</summary>
    /// <exception cref="ModelFileException">The file has no such tensor, it holds no floats, or it is too long for one array.</exception>
    public float[] ReadFloat32(string name)
    {
        float[] values = new float[ArrayLength(this[name], this[name].ElementCount)];
        ReadFloat32(name, values);
        return values;
    }

    /// <summary>Reads a tensor of integers (8 to 64 bits, or truth values as 0 and 1) into a new array.</summary>
    /// <exception cref="ModelFileException">The file has no such tensor, it holds no integers, or it is too long for one array.</exception>
    public long[] ReadInt64(string name)
    {
        var entry = this[name];
        long[] values = new long[ArrayLength(entry, entry.ElementCount)];
        switch (entry.DataType)
        {
            case SafetensorsDataType.Int64: ReadRaw<long>(entry.Offset, values); break;
            case SafetensorsDataType.Int32: ReadConverted<int, long>(entry, values); break;
            case SafetensorsDataType.UInt32: ReadConverted<uint, long>(entry, values); break;
            case SafetensorsDataType.Int16: ReadConverted<short, long>(entry, values); break;
            case SafetensorsDataType.UInt16: ReadConverted<ushort, long>(entry, values); break;
            case SafetensorsDataType.Int8: ReadConverted<sbyte, long>(entry, values); break;
            case SafetensorsDataType.UInt8 or SafetensorsDataType.Boolean: ReadConverted<byte, long>(entry, values); break;
            default: throw WrongType(entry, "integers of at most 64 bits with sign");
        }

        return values;
    }

    /// <summary>Reads the bytes of any tensor, as stored.</summary>
    /// <param name="name">The tensor.</param>
    /// <param name="destination">Receives the bytes; exactly as long as <see cref="SafetensorsEntry.ByteLength"/>.</param>
    /// <exception cref="ModelFileException">The file has no such tensor.</exception>
    /// <exception cref="ArgumentException"><paramref name="destination"/> has another length than the tensor.</exception>
    public void ReadBytes(string name, Span<byte> destination)
    {
        var entry = this[name];
        CheckLength(entry, destination.Length, entry.ByteLength, nameof(destination));
        ReadRaw(entry.Offset, destination);
    }

    /// <summary>Reads the bytes of any tensor, as stored, into a new array.</summary>
    /// <exception cref="ModelFileException">The file has no such tensor, or it is too long for one array.</exception>
    public byte[] ReadBytes(string name)
    {
        byte[] bytes = new byte[ArrayLength(this[name], this[name].ByteLength)];
        ReadBytes(name, bytes);
        return bytes;
    }

    /// <summary>Unmaps and closes the file.</summary>
    public void Dispose()
    {
        view.Dispose();
        map.Dispose();
    }

    private void ReadRaw<T>(long offset, Span<T> destination) where T : unmanaged
    {
        ObjectDisposedException.ThrowIf(!view.CanRead, this);
        // Bytes, because a handle reads wider types only where they are aligned.
        view.SafeMemoryMappedViewHandle.ReadSpan((ulong)(view.PointerOffset + offset), MemoryMarshal.AsBytes(destination));
    }

    private void ReadConverted<TStored, TValue>(SafetensorsEntry entry, Span<TValue> destination)
        where TStored : unmanaged, INumberBase<TStored>
        where TValue : unmanaged, INumberBase<TValue>
    {
        Span<TStored> chunk = new TStored[Math.Min(ChunkElements, destination.Length)];
        for (int start = 0; start < destination.Length; start += chunk.Length)
        {
            var stored = chunk[..Math.Min(chunk.Length, destination.Length - start)];
            ReadRaw(entry.Offset + (long)start * Unsafe.SizeOf<TStored>(), stored);
            for (int i = 0; i < stored.Length; i++)
            {
                destination[start + i] = TValue.CreateTruncating(stored[i]);
            }
        }
    }

    private void ReadBFloat16(SafetensorsEntry entry, Span<float> destination)
    {
        Span<ushort> chunk = new ushort[Math.Min(ChunkElements, destination.Length)];
        for (int start = 0; start < destination.Length; start += chunk.Length)
        {
            var stored = chunk[..Math.Min(chunk.Length, destination.Length - start)];
            ReadRaw(entry.Offset + (long)start * sizeof(ushort), stored);
            BFloat16Bits.ToSingle(stored, destination[start..]);
        }
    }

    private static void CheckLength(SafetensorsEntry entry, int length, long expected, string parameter)
    {
        if (length != expected)
        {
            throw new ArgumentException($"tensor {Display.Quote(entry.Name)} is {entry} and needs {expected} places, not {length}", parameter);
        }
    }

    private int ArrayLength(SafetensorsEntry entry, long length) => length <= Array.MaxLength
        ? (int)length
        : throw new ModelFileException(FilePath, $"tensor {Display.Quote(entry.Name)} is {entry}, too long for one array");

    private ModelFileException WrongType(SafetensorsEntry entry, string expected) =>
        new(FilePath, $"tensor {Display.Quote(entry.Name)} is {entry}; expected {expected}");
}
