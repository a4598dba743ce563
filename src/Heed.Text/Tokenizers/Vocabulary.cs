using System.Globalization;
using System.Text;
using Heed.Text.Tokenizers.Decoders;
using Heed.Text.Tokenizers.Pipeline;

namespace Heed.Text.Tokenizers;

/// <summary>
/// The pieces of a tokenizer and their ids: four special tokens, 256 single bytes, then the learnt pieces as raw text
/// (a space is a space here; only files and displays write it as U+2581).
/// </summary>
internal sealed class Vocabulary : ICharacterIds
{
    public const char SpaceMark = '\u2581';
    public const int FirstByteId = 4;
    public const int FirstPieceId = FirstByteId + 256;

    private readonly string[] pieces;
    private readonly Dictionary<string, int> ids;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> idsBySpan;

    /// <param name="pieces">The learnt pieces, all different and none empty; the first gets the id <see cref="FirstPieceId"/>.</param>
    public Vocabulary(IReadOnlyList<string> pieces)
    {
        this.pieces = [.. pieces];
        ids = new Dictionary<string, int>(pieces.Count, StringComparer.Ordinal);
        for (int i = 0; i < pieces.Count; i++)
        {
            ids.Add(pieces[i], FirstPieceId + i);
        }

        idsBySpan = ids.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>All ids: specials, bytes and pieces.</summary>
    public int Count => FirstPieceId + pieces.Length;

    /// <summary>The learnt pieces as raw text, in id order.</summary>
    public ReadOnlySpan<string> Pieces => pieces;

    public static bool IsSpecial(int id) => id < FirstByteId;

    public static string ByteName(int value) => string.Create(CultureInfo.InvariantCulture, $"<0x{value:X2}>");

    public static string ToDisplay(string piece) => piece.Replace(' ', SpaceMark);

    public bool TryGetId(ReadOnlySpan<char> piece, out int id) => idsBySpan.TryGetValue(piece, out id);

    /// <summary>Finds an id of any kind by its <see cref="DisplayText"/>.</summary>
    public bool TryGetNamed(string name, out int id)
    {
        if (ids.TryGetValue(name.Replace(SpaceMark, ' '), out id))
        {
            return true;
        }

        id = Enumerable.Range(0, FirstPieceId).FirstOrDefault(reserved => DisplayText(reserved) == name, -1);
        return id >= 0;
    }

    /// <summary>How the id is written in files and displays.</summary>
    public string DisplayText(int id) => id switch
    {
        < FirstByteId => SpecialTokens.Names[id],
        < FirstPieceId => ByteName(id - FirstByteId),
        _ => ToDisplay(pieces[id - FirstPieceId]),
    };

    /// <summary>The bytes that each id stands for; for a special token those of its name.</summary>
    public TokenBytes ToBytes()
    {
        var all = new TokenBytes(Count);
        for (int id = 0; id < Count; id++)
        {
            all.Add(id >= FirstPieceId ? Encoding.UTF8.GetBytes(pieces[id - FirstPieceId])
                : IsSpecial(id) ? Encoding.UTF8.GetBytes(SpecialTokens.Names[id])
                : [(byte)(id - FirstByteId)]);
        }

        return all;
    }

    /// <summary>Writes one character as its own id, or else as the ids of its UTF-8 bytes.</summary>
    public void AppendCharacter(ReadOnlySpan<char> character, List<int> output, int start = 0)
    {
        if (TryGetId(character, out int id))
        {
            output.Add(id);
        }
        else
        {
            AppendByteIds(character, output);
        }
    }

    /// <summary>Byte fallback: writes well-formed text as the ids of its UTF-8 bytes.</summary>
    public static void AppendByteIds(ReadOnlySpan<char> text, List<int> output)
    {
        foreach (Rune rune in text.EnumerateRunes())
        {
            AppendByteIds(rune, output);
        }
    }

    /// <summary>Byte fallback: writes a character as the ids of its UTF-8 bytes.</summary>
    public static void AppendByteIds(Rune rune, List<int> output)
    {
        Span<byte> utf8 = stackalloc byte[4];
        int length = rune.EncodeToUtf8(utf8);
        foreach (byte value in utf8[..length])
        {
            output.Add(FirstByteId + value);
        }
    }
}
