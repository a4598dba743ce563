using System.Buffers.Binary;
using System.Text;

namespace Heed.Text.Tokenizers.SentencePiece;

/// <summary>Writes a SentencePiece model: the fields that <see cref="SentencePieceFile"/> reads.</summary>
internal sealed class SentencePieceWriter
{
    private const int VarintType = 0;
    private const int LengthType = 2;
    private const int FourBytesType = 5;

    public bool IsUnigram { get; init; }

    public bool HasByteFallback { get; init; }

    public (int Unknown, int? Bos, int? Eos, int? Pad) SpecialIds { get; init; }

    public bool AddsDummyPrefix { get; init; }

    public bool RemovesExtraSpaces { get; init; }

    public ReadOnlyMemory<byte> CharacterMap { get; init; }

    public byte[] Write(IReadOnlyList<SentencePieceEntry> pieces)
    {
        using var file = new MemoryStream();
        foreach (SentencePieceEntry piece in pieces)
        {
            WriteBlock(file, 1, Piece(piece));
        }

        WriteBlock(file, 2, Trainer(pieces.Count));
        WriteBlock(file, 3, Normalizer());
        return file.ToArray();
    }

    private static byte[] Piece(SentencePieceEntry piece) => Message(message =>
    {
        WriteBlock(message, 1, Encoding.UTF8.GetBytes(piece.Text));
        WriteSingle(message, 2, piece.Score);
        WriteNumber(message, 3, (int)piece.Type);
    });

    private byte[] Trainer(int count) => Message(message =>
    {
        WriteNumber(message, 3, IsUnigram ? 1 : 2);
        WriteNumber(message, 4, count);
        WriteNumber(message, 35, HasByteFallback ? 1 : 0);
        WriteNumber(message, 40, SpecialIds.Unknown);
        WriteNumber(message, 41, SpecialIds.Bos ?? -1);
        WriteNumber(message, 42, SpecialIds.Eos ?? -1);
        WriteNumber(message, 43, SpecialIds.Pad ?? -1);
    });

    private byte[] Normalizer() => Message(message =>
    {
        WriteBlock(message, 2, CharacterMap.Span);
        WriteNumber(message, 3, AddsDummyPrefix ? 1 : 0);
        WriteNumber(message, 4, RemovesExtraSpaces ? 1 : 0);
        WriteNumber(message, 5, 1);
    });

    private static byte[] Message(Action<MemoryStream> write)
    {
        using var message = new MemoryStream();
        write(message);
        return message.ToArray();
    }

    private static void WriteBlock(MemoryStream output, int field, ReadOnlySpan<byte> content)
    {
        WriteVarint(output, (ulong)((field << 3) | LengthType));
        WriteVarint(output, (ulong)content.Length);
        output.Write(content);
    }

    private static void WriteNumber(MemoryStream output, int field, int value)
    {
        WriteVarint(output, (ulong)((field << 3) | VarintType));
        WriteVarint(output, unchecked((ulong)value)); // negative numbers have all 64 bits
    }

    private static void WriteSingle(MemoryStream output, int field, float value)
    {
        WriteVarint(output, (ulong)((field << 3) | FourBytesType));
        Span<byte> bytes = stackalloc byte[sizeof(float)];
        BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
        output.Write(bytes);
    }

    private static void WriteVarint(MemoryStream output, ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            output.WriteByte((byte)(value | 0x80));
        }

        output.WriteByte((byte)value);
    }
}
