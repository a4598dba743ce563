using System.Text;
using Heed.Text.Tokenizers.Normalizers;
using Heed.Text.Tokenizers.Unigram;

namespace Heed.Text.Tokenizers.SentencePiece;

/// <summary>
/// SentencePiece's preparation of a text: characters are rewritten, spaces at the ends and repeated ones go, a space is put
/// in front, and spaces are written U+2581; each as the model says.
/// </summary>
internal sealed class SentencePieceNormalizer : Normalizer
{
    private readonly SentencePieceFile file;
    private readonly bool keepsFirstSpace;
    private readonly PieceTrie userDefined;
    private readonly string space;

    /// <param name="file">The model.</param>
    /// <param name="keepsFirstSpace">Whether one space at the start of the text stays, even where extra spaces go.</param>
    public SentencePieceNormalizer(SentencePieceFile file, bool keepsFirstSpace = false)
    {
        this.file = file;
        this.keepsFirstSpace = keepsFirstSpace;
        userDefined = new PieceTrie([.. file.Pieces.Where(piece => piece.Type == PieceType.UserDefined).Select(piece => piece.Text)]);
        space = file.EscapesSpaces ? Vocabulary.SpaceMark.ToString() : " ";
    }

    public override string Normalize(string text)
    {
        ReadOnlySpan<byte> rest = Encoding.UTF8.GetBytes(text);
        bool keeps = keepsFirstSpace && text.Length > 0 && text[0] is ' ' or Vocabulary.SpaceMark;
        if (file.RemovesExtraSpaces && !keeps)
        {
            rest = WithoutLeadingSpaces(rest);
        }

        if (rest.Length == 0)
        {
            return "";
        }

        var result = new StringBuilder(rest.Length + 1);
        result.Append(file is { AddsDummyPrefix: true, SpaceIsSuffix: false } ? space : "");
        bool afterSpace = file.RemovesExtraSpaces && !keeps;
        while (rest.Length > 0)
        {
            ReadOnlySpan<byte> next = Next(rest, out int length);
            rest = rest[length..];
            next = afterSpace ? next.TrimStart((byte)' ') : next;
            if (next.Length > 0)
            {
                string decoded = Encoding.UTF8.GetString(next);
                result.Append(file.EscapesSpaces ? decoded.Replace(' ', Vocabulary.SpaceMark) : decoded);
                afterSpace = file.RemovesExtraSpaces && next[^1] == (byte)' ';
            }
        }

        if (file.RemovesExtraSpaces)
        {
            TrimEnd(result);
        }

        result.Append(file is { AddsDummyPrefix: true, SpaceIsSuffix: true } ? space : "");
        return result.ToString();
    }

    private ReadOnlySpan<byte> WithoutLeadingSpaces(ReadOnlySpan<byte> rest)
    {
        while (rest.Length > 0 && Next(rest, out int length).SequenceEqual(" "u8))
        {
            rest = rest[length..];
        }

        return rest;
    }

    /// <summary>What the text begins with, rewritten: a user-defined piece as it is, else the longest rule, else a character.</summary>
    private ReadOnlySpan<byte> Next(ReadOnlySpan<byte> rest, out int length)
    {
        length = UserDefinedLength(rest);
        if (length > 0)
        {
            return rest[..length];
        }

        ReadOnlySpan<byte> rewritten = default;
        length = file.Characters?.Longest(rest, out rewritten) ?? 0;
        if (length > 0)
        {
            return rewritten;
        }

        Rune.DecodeFromUtf8(rest, out _, out length);
        return rest[..length];
    }

    private int UserDefinedLength(ReadOnlySpan<byte> rest)
    {
        (int node, int place, int longest) = (PieceTrie.Root, 0, 0);
        while (place < rest.Length)
        {
            Rune.DecodeFromUtf8(rest[place..], out Rune rune, out int width);
            node = userDefined.Child(node, rune.Value);
            if (node == PieceTrie.None)
            {
                break;
            }

            place += width;
            longest = userDefined.PieceAt(node) == PieceTrie.None ? longest : place;
        }

        return longest;
    }

    private void TrimEnd(StringBuilder result)
    {
        while (result.Length > 0 && result[^1] == space[0])
        {
            result.Length--;
        }
    }
}
