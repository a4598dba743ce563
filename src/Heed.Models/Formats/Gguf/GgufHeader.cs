using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Numerics;

namespace Heed.Models.Formats.Gguf;

/// <summary>The validated head of a GGUF file: metadata, and tensors that lie inside the file without overlap.</summary>
internal sealed record GgufHeader(GgufMetadata Metadata, ImmutableArray<GgufTensor> Tensors)
{
    public const uint Magic = 0x46554747; // "GGUF"
    public const uint Version = 3;
    public const int DefaultAlignment = 32;
    public const string AlignmentKey = "general.alignment";

    private const int MaxKeys = 1 << 16;
    private const int MaxTensors = 1 << 20;
    private const int MaxRank = 4; // ggml's own limit
    private const int MaxAlignment = 1 << 20;
    private const int MaxNameBytes = 1 << 16;

    public static GgufHeader Read(MappedFile file)
    {
        var cursor = new GgufCursor(file);
        ReadMagic(cursor);
        int tensors = cursor.ReadCount("tensors", smallest: 24, MaxTensors);
        int keys = cursor.ReadCount("metadata keys", smallest: 13, MaxKeys);
        GgufMetadata metadata = ReadMetadata(file.Path, cursor, keys);
        int alignment = ReadAlignment(cursor, metadata);
        var declared = new List<(GgufTensor Tensor, ulong Offset)>(tensors);
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < tensors; i++)
        {
            declared.Add(ReadTensor(cursor, i));
            if (!names.Add(declared[^1].Tensor.Name))
            {
                throw cursor.Error($"tensor {Display.Quote(declared[^1].Tensor.Name)} appears twice");
            }
        }

        long dataStart = (cursor.Position + alignment - 1) / alignment * alignment;
        return new GgufHeader(metadata, [.. Place(cursor, declared, dataStart, file.Length, alignment).OrderBy(t => t.Name, StringComparer.Ordinal)]);
    }

    private static void ReadMagic(GgufCursor cursor)
    {
        uint magic = cursor.Read<uint>("the magic number");
        if (magic != Magic)
        {
            throw cursor.Error($"the file begins with 0x{magic:X8} instead of \"GGUF\": this is not a GGUF file");
        }

        uint version = cursor.Read<uint>("the version");
        if (version != Version)
        {
            string mend = BinaryPrimitives.ReverseEndianness(version) == Version ? "this file is big-endian, which is not supported" : "convert it with a newer llama.cpp";
            throw cursor.Error($"the GGUF version is {version}, only {Version} is supported; {mend}");
        }
    }

    private static GgufMetadata ReadMetadata(string path, GgufCursor cursor, int keys)
    {
        var values = new SortedDictionary<string, GgufValue>(StringComparer.Ordinal);
        for (int i = 0; i < keys; i++)
        {
            string key = cursor.ReadText($"the name of metadata key {i}", MaxNameBytes);
            if (key.Length == 0)
            {
                throw cursor.Error($"metadata key {i} has no name");
            }

            if (!values.TryAdd(key, GgufValueReader.Read(cursor, key)))
            {
                throw cursor.Error($"metadata {Display.Quote(key)} appears twice");
            }
        }

        return new GgufMetadata(path, values);
    }

    private static int ReadAlignment(GgufCursor cursor, GgufMetadata metadata)
    {
        int alignment = metadata.IntegerOrNull(AlignmentKey) ?? DefaultAlignment;
        return alignment is >= 1 and <= MaxAlignment && BitOperations.IsPow2(alignment)
            ? alignment
            : throw cursor.Error($"metadata \"{AlignmentKey}\" is {alignment}; expected a power of two up to {MaxAlignment}");
    }

    private static (GgufTensor Tensor, ulong Offset) ReadTensor(GgufCursor cursor, int number)
    {
        string name = cursor.ReadText($"the name of tensor {number}", MaxNameBytes);
        string place = $"tensor {Display.Quote(name)}";
        uint rank = cursor.Read<uint>($"the rank of {place}");
        if (name.Length == 0 || rank > MaxRank)
        {
            throw cursor.Error(name.Length == 0 ? $"tensor {number} has no name" : $"{place} has {rank} axes, more than the {MaxRank} allowed");
        }

        long[] sizes = cursor.Read<long>(rank, $"the shape of {place}");
        uint type = cursor.Read<uint>($"the type of {place}");
        ulong offset = cursor.Read<ulong>($"the offset of {place}");
        if (type > int.MaxValue || !GgufTensorTypes.IsKnown((GgufTensorType)type))
        {
            throw cursor.Error($"{place} has the unknown type {type}; known are {GgufTensorTypes.KnownNames}");
        }

        long bytes = ByteLength(cursor, place, sizes, (GgufTensorType)type);
        Array.Reverse(sizes);
        return (new GgufTensor(name, (GgufTensorType)type, [.. sizes], 0, bytes), offset);
    }

    private static long ByteLength(GgufCursor cursor, string place, long[] sizes, GgufTensorType type)
    {
        Int128 elements = 1;
        foreach (long size in sizes)
        {
            if (size < 0 || (elements *= size) > long.MaxValue / 8)
            {
                throw cursor.Error($"{place} has the impossible shape [{string.Join(", ", sizes)}]");
            }
        }

        long row = sizes.Length == 0 ? 1 : sizes[0];
        if (row % type.BlockElements() != 0)
        {
            throw cursor.Error($"{place} has rows of {row} elements, which blocks of {type.BlockElements()} ({type.Name()}) do not divide");
        }

        return (long)(elements / type.BlockElements() * type.BlockBytes());
    }

    private static List<GgufTensor> Place(GgufCursor cursor, List<(GgufTensor Tensor, ulong Offset)> declared, long dataStart, long fileLength, int alignment)
    {
        var placed = new List<GgufTensor>(declared.Count);
        long end = 0;
        string? previous = null;
        foreach ((GgufTensor tensor, ulong offset) in declared.OrderBy(d => d.Offset).ThenBy(d => d.Tensor.ByteLength))
        {
            string place = $"tensor {Display.Quote(tensor.Name)}";
            long available = Math.Max(0, fileLength - dataStart);
            if (offset % (ulong)alignment != 0)
            {
                throw cursor.Error($"{place} has the offset {offset}, no multiple of the alignment {alignment}");
            }

            if (offset > (ulong)available || tensor.ByteLength > available - (long)offset)
            {
                throw cursor.Error($"{place} has {tensor.ByteLength} bytes at offset {offset}, but only {available} bytes of data follow the header");
            }

            if ((long)offset < end)
            {
                throw cursor.Error($"{place} begins at offset {offset}, inside tensor {Display.Quote(previous!)}, which ends at {end}");
            }

            (end, previous) = ((long)offset + tensor.ByteLength, tensor.Name);
            placed.Add(tensor with { Offset = dataStart + (long)offset });
        }

        return placed;
    }
}
