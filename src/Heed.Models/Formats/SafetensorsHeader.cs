using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text.Unicode;

namespace Heed.Models.Formats;

/// <summary>The validated head of a safetensors file: every entry lies inside the file, and together they fill it.</summary>
internal sealed record SafetensorsHeader(ImmutableArray<SafetensorsEntry> Entries, IReadOnlyDictionary<string, string> Metadata)
{
    /// <summary>The bytes that hold the header's length.</summary>
    public const int LengthBytes = sizeof(ulong);

    /// <summary>The longest header that the format's reference implementation accepts.</summary>
    public const int MaxLength = 100_000_000;

    /// <summary>The name under which the header keeps its metadata; no tensor may have it.</summary>
    public const string MetadataKey = "__metadata__";

    /// <summary>Reads and checks the head of a file.</summary>
    public static SafetensorsHeader Read(MappedFile file)
    {
        (string path, long fileLength) = (file.Path, file.Length);
        byte[] json = new byte[ReadLength(file)];
        file.Read<byte>(LengthBytes, json);

        if (json is not [(byte)'{', ..])
        {
            throw new ModelFileException(path, $"the header must begin with '{{' at byte {LengthBytes}: this is not a safetensors file");
        }

        if (!Utf8.IsValid(json))
        {
            throw new ModelFileException(path, "the header is not valid UTF-8");
        }

        long dataStart = LengthBytes + json.Length;
        var header = new SafetensorsHeaderParser(path, json, dataStart, fileLength).Parse();
        CheckTiling(path, header.Entries, dataStart, fileLength);
        return header;
    }

    private static int ReadLength(MappedFile file)
    {
        (string path, long fileLength) = (file.Path, file.Length);
        if (fileLength < LengthBytes)
        {
            throw new ModelFileException(path, $"the file has {fileLength} bytes; a safetensors file begins with {LengthBytes} bytes that give the header's length");
        }

        Span<byte> bytes = stackalloc byte[LengthBytes];
        file.Read(0, bytes);
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        if (length > MaxLength)
        {
            throw new ModelFileException(path, $"the header's length at byte 0 is {length}, more than the {MaxLength} allowed: this is not a safetensors file");
        }

        if (length > (ulong)(fileLength - LengthBytes))
        {
            throw new ModelFileException(path, $"the header's length at byte 0 is {length}, but only {fileLength - LengthBytes} bytes follow: the file is cut short");
        }

        return (int)length;
    }

    /// <summary>Checks that the tensors' data fill the file from the header to the end, without gap or overlap.</summary>
    private static void CheckTiling(string path, ImmutableArray<SafetensorsEntry> entries, long dataStart, long fileLength)
    {
        SafetensorsEntry? previous = null;
        long expected = dataStart;
        foreach (var entry in entries.OrderBy(e => e.Offset).ThenBy(e => e.ByteLength))
        {
            if (entry.Offset < expected)
            {
                throw new ModelFileException(path, $"tensor {Display.Quote(entry.Name)} begins at byte {entry.Offset}, inside tensor {Display.Quote(previous!.Name)}, which ends at {expected}");
            }

            if (entry.Offset > expected)
            {
                throw new ModelFileException(path, $"the bytes {expected} to {entry.Offset}, before tensor {Display.Quote(entry.Name)}, belong to no tensor");
            }

            expected += entry.ByteLength;
            previous = entry;
        }

        if (expected != fileLength)
        {
            throw new ModelFileException(path, $"the file has {fileLength} bytes, but its tensors end at byte {expected}");
        }
    }
}
