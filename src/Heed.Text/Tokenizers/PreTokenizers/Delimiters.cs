using System.Globalization;
using System.Text;

namespace Heed.Text.Tokenizers.PreTokenizers;

/// <summary>What counts as a delimiter: each gives the length of the one a text begins with, or 0.</summary>
internal static class Delimiters
{
    public static int WhiteSpace(ReadOnlySpan<char> text) => char.IsWhiteSpace(text[0]) ? 1 : 0;

    /// <summary>Punctuation as BERT sees it: the Unicode categories P, and all ASCII signs ($ + = and so on).</summary>
    public static int Punctuation(ReadOnlySpan<char> text) =>
        char.IsAscii(text[0]) ? (IsAsciiSign(text[0]) ? 1 : 0) : InCategories(text, UnicodeCategory.ConnectorPunctuation, UnicodeCategory.OtherPunctuation);

    public static int Digit(ReadOnlySpan<char> text) => InCategories(text, UnicodeCategory.DecimalDigitNumber, UnicodeCategory.OtherNumber);

    /// <summary>A letter, digit, mark or connector (<c>\w</c>).</summary>
    public static int WordCharacter(ReadOnlySpan<char> text)
    {
        int letter = InCategories(text, UnicodeCategory.UppercaseLetter, UnicodeCategory.LetterNumber);
        return letter != 0 ? letter : InCategories(text, UnicodeCategory.ConnectorPunctuation, UnicodeCategory.ConnectorPunctuation);
    }

    /// <summary>A fixed string.</summary>
    public static Func<ReadOnlySpan<char>, int> Literal(string delimiter) =>
        text => text.StartsWith(delimiter, StringComparison.Ordinal) ? delimiter.Length : 0;

    private static bool IsAsciiSign(char character) => character is > ' ' and < '\u007F' && !char.IsAsciiLetterOrDigit(character);

    private static int InCategories(ReadOnlySpan<char> text, UnicodeCategory first, UnicodeCategory last)
    {
        Rune.DecodeFromUtf16(text, out Rune rune, out int width);
        UnicodeCategory category = Rune.GetUnicodeCategory(rune);
        return category >= first && category <= last ? width : 0;
    }
}
