using System.Globalization;
using System.Text;

namespace Heed.Text.Tokenizers.PreTokenizers;

/// <summary>What counts as a delimiter: each gives the length of the one a text begins with, or 0.</summary>
internal static class Delimiters
{
    /// <summary>A run of punctuation and of the ASCII signs $ + &lt; = &gt; ^ ~ |.</summary>
    public const string SignsRegex = @"[\p{P}\$\+<=>\^~\|]+";

    /// <summary>A run of digits.</summary>
    public const string NumberRegex = @"\p{N}+";

    /// <summary>A digit.</summary>
    public const string DigitRegex = @"\p{N}";

    /// <summary>Three ASCII digits.</summary>
    public const string ThreeDigitsRegex = "[0-9][0-9][0-9]";

    /// <summary>The delimiters that a regular expression describes, where it is one of the above.</summary>
    public static Func<ReadOnlySpan<char>, int>? OfRegex(string regex) => regex switch
    {
        SignsRegex => Run(Sign),
        NumberRegex => Run(Digit),
        DigitRegex => Digit,
        ThreeDigitsRegex => text => text.Length >= 3 && char.IsAsciiDigit(text[0]) && char.IsAsciiDigit(text[1]) && char.IsAsciiDigit(text[2]) ? 3 : 0,
        _ => null,
    };

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

    private static int Sign(ReadOnlySpan<char> text) => text[0] == '`' ? 0 : Punctuation(text);

    private static Func<ReadOnlySpan<char>, int> Run(Func<ReadOnlySpan<char>, int> one) => text =>
    {
        int length = 0;
        for (int next = one(text); next > 0; next = length < text.Length ? one(text[length..]) : 0)
        {
            length += next;
        }

        return length;
    };

    private static bool IsAsciiSign(char character) => character is > ' ' and < '\u007F' && !char.IsAsciiLetterOrDigit(character);

    private static int InCategories(ReadOnlySpan<char> text, UnicodeCategory first, UnicodeCategory last)
    {
        Rune.DecodeFromUtf16(text, out Rune rune, out int width);
        UnicodeCategory category = Rune.GetUnicodeCategory(rune);
        return category >= first && category <= last ? width : 0;
    }
}
