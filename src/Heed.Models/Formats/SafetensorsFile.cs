using System.Collections.Immutable;

namespace Heed.Models.Formats;

/// <summary>A safetensors file, opened for reading: names, shapes, metadata, and the tensors' values on demand.</summary>
/// <remarks>
/// The format: 8 bytes with the header's length, a JSON header, the tensors' bytes
/// (<see href="https://github.com/huggingface/safetensors"/>). The whole header is checked when the file is opened; the data
/// are mapped into memory and read only when asked for. Reading is safe from several threads at once.
/// </remarks>
public sealed class SafetensorsFile : ICheckpoint
{
    private readonly MappedFile file;
    private readonly Dictionary<string, SafetensorsEntry> byName;
    private readonly CheckpointTensor[] tensors;

    private SafetensorsFile(SafetensorsHeader header, MappedFile file)
    {
        this.file = file;
        Entries = header.Entries;
        Metadata = header.Metadata;
        byName = header.Entries.ToDictionary(e => e.Name, StringComparer.Ordinal);
        tensors = [.. header.Entries.Select(e => e.ToTensor())];
    }

    /// <summary>The path that was opened.</summary>
    public string FilePath => file.Path;

    /// <summary>The tensors, in the order of their names (ordinal).</summary>
    public ImmutableArray<SafetensorsEntry> Entries { get; }

    /// <summary>The header's metadata; empty where it has none.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Opens a file and checks all of its header.</summary>
    /// <exception cref="ModelFileException">The file is not a whole, well-formed safetensors file.</exception>
    /// <exception cref="IOException">The file does not exist or cannot be read.</exception>
    public static SafetensorsFile Open(string path)
    {
        MappedFile file = MappedFile.Open(path);
        try
        {
            return new SafetensorsFile(SafetensorsHeader.Read(file), file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    IReadOnlyList<CheckpointTensor> ICheckpoint.Tensors => tensors;

    CheckpointTensor? ICheckpoint.Find(string name) => byName.TryGetValue(name, out var entry) ? entry.ToTensor() : null;

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
            case SafetensorsDataType.Float32: file.Read(entry.Offset, destination); break;
            case SafetensorsDataType.Float16: StoredNumbers.ReadFloat16(file, entry.Offset, destination); break;
            case SafetensorsDataType.Float64: StoredNumbers.ReadConverted<double, float>(file, entry.Offset, destination); break;
            case SafetensorsDataType.BFloat16: StoredNumbers.ReadBFloat16(file, entry.Offset, destination); break;
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
            case SafetensorsDataType.Int64: file.Read<long>(entry.Offset, values); break;
            case SafetensorsDataType.Int32: StoredNumbers.ReadConverted<int, long>(file, entry.Offset, values); break;
            case SafetensorsDataType.UInt32: StoredNumbers.ReadConverted<uint, long>(file, entry.Offset, values); break;
            case SafetensorsDataType.Int16: StoredNumbers.ReadConverted<short, long>(file, entry.Offset, values); break;
            case SafetensorsDataType.UInt16: StoredNumbers.ReadConverted<ushort, long>(file, entry.Offset, values); break;
            case SafetensorsDataType.Int8: StoredNumbers.ReadConverted<sbyte, long>(file, entry.Offset, values); break;
            case SafetensorsDataType.UInt8 or SafetensorsDataType.Boolean: StoredNumbers.ReadConverted<byte, long>(file, entry.Offset, values); break;
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
        file.Read(entry.Offset, destination);
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
    public void Dispose() => file.Dispose();

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
