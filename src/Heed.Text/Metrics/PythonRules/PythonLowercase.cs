using System.Globalization;
using System.Text;

namespace Heed.Text.Metrics.PythonRules;

/// <summary>
/// Lower case as Python's <c>str.lower</c> makes it: the full mapping of the Unicode standard, not the
/// character-by-character one of .NET.
/// </summary>
/// <remarks>
/// The two differ in two letters: U+0130 (capital I with a dot) becomes two code points, and a capital sigma at the end
/// of a word becomes the final sigma (The Unicode Standard, section 3.13, condition Final_Sigma).
/// </remarks>
internal static class PythonLowercase
{
    private const int CapitalDottedI = 0x130;
    private const int CapitalSigma = 0x3A3;

    // Characters that a word may have inside without being letters or marks (word break classes MidLetter, MidNumLet
    // and Single_Quote).
    private const string InsideWords = "'.:\u00B7\u0387\u055F\u05F4\u2018\u2019\u2024\u2027\uFE13\uFE52\uFE55\uFF07\uFF0E\uFF1A";

    /// <summary>Returns the text in lower case.</summary>
    public static string Lower(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text.ToLowerInvariant();
        }

        var result = new StringBuilder(text.Length + 8);
        for (int i = 0; i < text.Length;)
        {
            int codePoint = CodePoint.At(text, i);
            AppendLower(result, text, i, codePoint);
            i += CodePoint.Length(codePoint);
        }

        return result.ToString();
    }

    private static void AppendLower(StringBuilder result, string text, int index, int codePoint)
    {
        if (codePoint == CapitalDottedI)
        {
            result.Append("i\u0307");
        }
        else if (codePoint == CapitalSigma)
        {
            result.Append(IsFinalSigma(text, index) ? '\u03C2' : '\u03C3');
        }
        else if (Rune.TryCreate(codePoint, out Rune rune))
        {
            result.Append(Rune.ToLowerInvariant(rune).ToString());
        }
        else
        {
            result.Append((char)codePoint); // a lone surrogate
        }
    }

    /// <summary>True where a cased letter stands before, and none after, both looked for past ignorable characters.</summary>
    private static bool IsFinalSigma(string text, int index)
    {
        int before = index;
        do
        {
            before = StepBack(text, before);
        }
        while (before >= 0 && IsCaseIgnorable(CodePoint.At(text, before)));
        if (before < 0 || !IsCased(CodePoint.At(text, before)))
        {
            return false;
        }

        int after = index + 1;
        while (after < text.Length && IsCaseIgnorable(CodePoint.At(text, after)))
        {
            after += CodePoint.Length(CodePoint.At(text, after));
        }

        return after == text.Length || !IsCased(CodePoint.At(text, after));
    }

    private static int StepBack(string text, int index)
    {
        index--;
        return index > 0 && char.IsLowSurrogate(text[index]) && char.IsHighSurrogate(text[index - 1]) ? index - 1 : index;
    }

    private static bool IsCaseIgnorable(int codePoint) =>
        CharUnicodeInfo.GetUnicodeCategory(codePoint) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark
            or UnicodeCategory.Format or UnicodeCategory.ModifierLetter or UnicodeCategory.ModifierSymbol
        || (codePoint <= char.MaxValue && InsideWords.Contains((char)codePoint));

    // Besides the letters with case: the ordinal indicators, Roman numerals, and letters in circles and squares.
    private static bool IsCased(int codePoint) =>
        CharUnicodeInfo.GetUnicodeCategory(codePoint) is UnicodeCategory.UppercaseLetter
            or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
        || codePoint is 0xAA or 0xBA or (>= 0x2160 and <= 0x217F) or (>= 0x24B6 and <= 0x24E9)
            or (>= 0x1F130 and <= 0x1F149) or (>= 0x1F150 and <= 0x1F169) or (>= 0x1F170 and <= 0x1F189);
}
