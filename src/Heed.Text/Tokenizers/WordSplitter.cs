using System.Globalization;
using System.Text;

namespace Heed.Text.Tokenizers;

/// <summary>
/// Splits text into words without losing a character: an optional single space, then a run of letters, of digits, of
/// other white space, or of anything else (punctuation, symbols, emoji). A combining mark stays with the run it follows.
/// Of several spaces the last belongs to the next word and the others form a word of their own.
/// </summary>
internal ref struct WordSplitter
{
    /// <summary>The same rule as a regular expression over text whose spaces are written U+2581, for tokenizer files.</summary>
    public const string Pattern =
        @"▁+(?=▁)|▁?[\p{L}\p{M}]+|▁?\p{N}[\p{N}\p{M}]*|▁?\s+|▁?[^▁\s\p{L}\p{M}\p{N}][^▁\s\p{L}\p{N}]*|▁";

    private ReadOnlySpan<char> rest;

    public WordSplitter(ReadOnlySpan<char> text)
    {
        rest = text;
        Current = default;
    }

    private enum RunKind
    {
        Space,
        Letters,
        Digits,
        WhiteSpace,
        Mark,
        Other,
    }

    public ReadOnlySpan<char> Current { get; private set; }

    public readonly WordSplitter GetEnumerator() => this;

    public bool MoveNext()
    {
        if (rest.IsEmpty)
        {
            return false;
        }

        int length = NextLength(rest);
        Current = rest[..length];
        rest = rest[length..];
        return true;
    }

    private static int NextLength(ReadOnlySpan<char> text)
    {
        int spaces = text.IndexOfAnyExcept(' ');
        spaces = spaces < 0 ? text.Length : spaces;
        if (spaces > 1)
        {
            return spaces - 1;
        }

        return spaces == text.Length ? spaces : spaces + RunLength(text[spaces..]);
    }

    private static int RunLength(ReadOnlySpan<char> text)
    {
        RunKind run = KindAt(text, out int length);
        run = run == RunKind.Mark ? RunKind.Letters : run;
        while (length < text.Length)
        {
            RunKind next = KindAt(text[length..], out int width);
            bool continues = next == run || (next == RunKind.Mark && run != RunKind.WhiteSpace);
            if (!continues)
            {
                break;
            }

            length += width;
        }

        return length;
    }

    private static RunKind KindAt(ReadOnlySpan<char> text, out int width)
    {
        char first = text[0];
        width = 1;
        if (char.IsAsciiLetter(first))
        {
            return RunKind.Letters;
        }

        if (first == ' ')
        {
            return RunKind.Space;
        }

        if (char.IsWhiteSpace(first))
        {
            return RunKind.WhiteSpace;
        }

        if (!char.IsSurrogate(first))
        {
            return KindOf(CharUnicodeInfo.GetUnicodeCategory(first));
        }

        Rune.DecodeFromUtf16(text, out Rune rune, out width);
        return KindOf(Rune.GetUnicodeCategory(rune));
    }

    private static RunKind KindOf(UnicodeCategory category) => category switch
    {
        <= UnicodeCategory.OtherLetter => RunKind.Letters,
        <= UnicodeCategory.EnclosingMark => RunKind.Mark,
        <= UnicodeCategory.OtherNumber => RunKind.Digits,
        _ => RunKind.Other,
    };
}
