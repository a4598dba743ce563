namespace Heed.Text.Metrics.Tokenization;

/// <summary>
/// The rules for Western languages that NIST's mteval-v13a and tercom share: what punctuation becomes a word of its own.
/// </summary>
internal static class WesternPunctuation
{
    /// <summary>Sets apart every ASCII symbol but the apostrophe, comma, dash and period.</summary>
    public static void SeparateSymbols(RewriteBuffer buffer) => Rewrite.Surround<Symbol>(buffer);

    /// <summary>Sets apart periods and commas unless digits stand on both sides, and a dash after a digit.</summary>
    public static void SeparatePeriodsCommasAndDashes(RewriteBuffer buffer)
    {
        Rewrite.SetSecondApart<PeriodOrCommaAfterNonDigit>(buffer);
        Rewrite.SetFirstApart<PeriodOrCommaBeforeNonDigit>(buffer);
        Rewrite.SetSecondApart<DashAfterDigit>(buffer);
    }

    /// <summary>Undoes the four escapes of XML text, in the order of mteval: <c>&amp;amp;lt;</c> becomes a less-than sign.</summary>
    public static string Unescape(string text)
    {
        if (!text.Contains('&', StringComparison.Ordinal))
        {
            return text;
        }

        return text.Replace("&quot;", "\"", StringComparison.Ordinal)
            .Replace("&amp;", "&", StringComparison.Ordinal)
            .Replace("&lt;", "<", StringComparison.Ordinal)
            .Replace("&gt;", ">", StringComparison.Ordinal);
    }

    private static bool IsDigit(int codePoint) => codePoint is >= '0' and <= '9';

    private static bool IsPeriodOrComma(int codePoint) => codePoint is '.' or ',';

    private readonly struct Symbol : ICodePointRule
    {
        public static bool Matches(int codePoint) => codePoint is (>= '{' and <= '~') or (>= '[' and <= '`')
            or (>= ' ' and <= '&') or (>= '(' and <= '+') or (>= ':' and <= '@') or '/';
    }

    private readonly struct PeriodOrCommaAfterNonDigit : IPairRule
    {
        public static bool Matches(int first, int second) => !IsDigit(first) && IsPeriodOrComma(second);
    }

    private readonly struct PeriodOrCommaBeforeNonDigit : IPairRule
    {
        public static bool Matches(int first, int second) => IsPeriodOrComma(first) && !IsDigit(second);
    }

    private readonly struct DashAfterDigit : IPairRule
    {
        public static bool Matches(int first, int second) => IsDigit(first) && second == '-';
    }
}
