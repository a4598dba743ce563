using System.Globalization;

namespace Heed.Text.Metrics.Tokenization;

/// <summary>The tokenization of NIST's mteval-v14.pl in its international mode.</summary>
/// <remarks>
/// A period after a number at the very end of a line stays with the number, as in the original script. The classes of
/// characters are those of the Unicode version that the .NET runtime carries.
/// </remarks>
internal sealed class InternationalTokenizer : BleuTokenizer
{
    /// <inheritdoc/>
    public override string Name => "intl";

    /// <inheritdoc/>
    public override string Tokenize(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        RewriteBuffer buffer = RewriteBuffer.Load(text);
        Rewrite.SetSecondApart<PunctuationAfterNonNumber>(buffer);
        Rewrite.SetFirstApart<PunctuationBeforeNonNumber>(buffer);
        Rewrite.Surround<Symbol>(buffer);
        return buffer.JoinWords();
    }

    private static bool IsNumber(int codePoint) => CharUnicodeInfo.GetUnicodeCategory(codePoint)
        is UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber;

    private static bool IsPunctuation(int codePoint) => CharUnicodeInfo.GetUnicodeCategory(codePoint)
        is UnicodeCategory.ConnectorPunctuation or UnicodeCategory.DashPunctuation or UnicodeCategory.OpenPunctuation
        or UnicodeCategory.ClosePunctuation or UnicodeCategory.InitialQuotePunctuation
        or UnicodeCategory.FinalQuotePunctuation or UnicodeCategory.OtherPunctuation;

    private readonly struct PunctuationAfterNonNumber : IPairRule
    {
        public static bool Matches(int first, int second) => IsPunctuation(second) && !IsNumber(first);
    }

    private readonly struct PunctuationBeforeNonNumber : IPairRule
    {
        public static bool Matches(int first, int second) => IsPunctuation(first) && !IsNumber(second);
    }

    private readonly struct Symbol : ICodePointRule
    {
        public static bool Matches(int codePoint) => CharUnicodeInfo.GetUnicodeCategory(codePoint)
            is UnicodeCategory.MathSymbol or UnicodeCategory.CurrencySymbol or UnicodeCategory.ModifierSymbol
            or UnicodeCategory.OtherSymbol;
    }
}
