using System.Buffers.Binary;
using System.Globalization;

namespace Heed.Text.Tokenizers.SentencePiece;

/// <summary>Walks over the fields of one protobuf message, and checks every length before it is used.</summary>
/// <param name="file">The file's name, for messages.</param>
/// <param name="data">The message.</param>
/// <param name="fileOffset">Where the message begins in the file.</param>
/// <remarks>Protocol Buffers encoding guide: a field is a number (tag times 8 plus wire type) and a value of 1, 4 or 8 bytes or of a stated length.</remarks>
internal ref struct ProtobufReader(string file, ReadOnlySpan<byte> data, int fileOffset)
{
    private const int VarintType = 0;
    private const int EightBytesType = 1;
    private const int LengthType = 2;
    private const int FourBytesType = 5;

    private readonly ReadOnlySpan<byte> data = data;
    private int position;
    private int wireType;
    private ulong number;

    /// <summary>The number of the field read last.</summary>
    public int Field { get; private set; }

    /// <summary>The content of a field that is a string, bytes or a message.</summary>
    public ReadOnlySpan<byte> Bytes { get; private set; }

    /// <summary>Where the field's content begins in the file.</summary>
    public readonly int Offset => fileOffset + position - Bytes.Length;

    /// <summary>Reads the next field.</summary>
    /// <returns>False at the end.</returns>
    public bool Next()
    {
        if (position == data.Length)
        {
            return false;
        }

        ulong tag = ReadVarint();
        Field = (int)(tag >> 3);
        wireType = (int)(tag & 7);
        Bytes = default;
        switch (wireType)
        {
            case VarintType:
                number = ReadVarint();
                break;
            case EightBytesType:
                number = BinaryPrimitives.ReadUInt64LittleEndian(Take(8));
                break;
            case LengthType:
                Bytes = Take(ReadVarint());
                break;
            case FourBytesType:
                number = BinaryPrimitives.ReadUInt32LittleEndian(Take(4));
                break;
            default:
                throw Error($"a field of the unknown wire type {wireType}");
        }

        return true;
    }

    /// <summary>The field as a message of its own.</summary>
    public readonly ProtobufReader Message() => wireType == LengthType ? new(file, Bytes, Offset) : throw WrongType("a message");

    public readonly string Text()
    {
        if (wireType != LengthType)
        {
            throw WrongType("a string");
        }

        return System.Text.Unicode.Utf8.IsValid(Bytes) ? System.Text.Encoding.UTF8.GetString(Bytes) : throw Error("a string that is not valid UTF-8");
    }

    public readonly byte[] ByteArray() => wireType == LengthType ? Bytes.ToArray() : throw WrongType("bytes");

    public readonly int Integer() => wireType == VarintType ? unchecked((int)number) : throw WrongType("a whole number");

    public readonly bool Flag() => Integer() != 0;

    public readonly float Single() => wireType == FourBytesType ? BitConverter.UInt32BitsToSingle((uint)number) : throw WrongType("a float");

    /// <summary>A complaint that names the place.</summary>
    public readonly InvalidDataException Error(string found) => new(string.Create(CultureInfo.InvariantCulture,
        $"{file}: at byte {fileOffset + position}: found {found}; this is no SentencePiece model, or it is cut off or damaged"));

    private readonly InvalidDataException WrongType(string expected) => Error($"wire type {wireType} in field {Field} where {expected} is expected");

    private ulong ReadVarint()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            byte next = Take(1)[0];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw Error("a number of more than 64 bits");
    }

    private ReadOnlySpan<byte> Take(ulong length)
    {
        if (length > (ulong)(data.Length - position))
        {
            throw Error($"a field of {length} bytes where {data.Length - position} are left");
        }

        ReadOnlySpan<byte> taken = data.Slice(position, (int)length);
        position += (int)length;
        return taken;
    }
}
