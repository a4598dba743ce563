using System.Buffers.Binary;
using System.Text;
using Heed.Text.Tokenizers.SentencePiece;

namespace Heed.Text.Tests.Tokenizers.SentencePiece;

/// <summary>Writes small SentencePiece models, field by field.</summary>
internal sealed class SentencePieceBytes
{
    private readonly List<byte> pieces = [];
    private readonly List<byte> trainer = [];
    private readonly List<byte> normalizer = [];

    /// <param name="isBpe">Byte-pair encoding, or a unigram model.</param>
    /// <param name="dummyPrefix">Whether a space is put in front.</param>
    /// <param name="removeExtraSpaces">Whether repeated spaces go.</param>
    /// <param name="byteFallback">Whether unknown characters are written as bytes.</param>
    public SentencePieceBytes(bool isBpe, bool dummyPrefix = true, bool removeExtraSpaces = true, bool byteFallback = false)
    {
        Number(trainer, 3, isBpe ? 2 : 1);
        Number(trainer, 35, byteFallback ? 1 : 0);
        Number(normalizer, 3, dummyPrefix ? 1 : 0);
        Number(normalizer, 4, removeExtraSpaces ? 1 : 0);
        Piece("<unk>", 0, 2).Piece("<s>", 0, 3).Piece("</s>", 0, 3);
        for (int value = 0; byteFallback && value < 256; value++)
        {
            Piece($"<0x{value:X2}>", 0, 6);
        }
    }

    /// <summary>Adds a piece; type 1 is text, 4 user-defined, 5 unused.</summary>
    public SentencePieceBytes Piece(string text, float score, int type = 1) => Piece(Encoding.UTF8.GetBytes(text), score, type);

    public SentencePieceBytes Piece(byte[] text, float score, int type = 1)
    {
        var piece = new List<byte>();
        Block(piece, 1, text);
        piece.Add((2 << 3) | 5);
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteSingleLittleEndian(number, score);
        piece.AddRange(number);
        Number(piece, 3, type);
        Block(pieces, 1, [.. piece]);
        return this;
    }

    public SentencePieceBytes Characters(byte[] map)
    {
        Block(normalizer, 2, map);
        return this;
    }

    public byte[] ToArray()
    {
        var file = new List<byte>(pieces);
        Block(file, 2, [.. trainer]);
        Block(file, 3, [.. normalizer]);
        return [.. file];
    }

    /// <summary>The rules that rewrite characters, as they stand in a model.</summary>
    public static byte[] CharactersOf(byte[] model)
    {
        var file = new ProtobufReader("test", model, 0);
        while (file.Next())
        {
            for (ProtobufReader normalizer = file.Field == 3 ? file.Message() : default; normalizer.Next();)
            {
                if (normalizer.Field == 2)
                {
                    return normalizer.ByteArray();
                }
            }
        }

        return [];
    }

    private static void Block(List<byte> output, int field, byte[] content)
    {
        Varint(output, (uint)((field << 3) | 2));
        Varint(output, (uint)content.Length);
        output.AddRange(content);
    }

    private static void Number(List<byte> output, int field, int value)
    {
        Varint(output, (uint)(field << 3));
        Varint(output, (uint)value);
    }

    private static void Varint(List<byte> output, uint value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            output.Add((byte)(value | 0x80));
        }

        output.Add((byte)value);
    }
}
