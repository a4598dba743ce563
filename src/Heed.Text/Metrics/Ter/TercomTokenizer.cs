using Heed.Text.Metrics.PythonRules;
using Heed.Text.Metrics.Tokenization;

namespace Heed.Text.Metrics.Ter;

/// <summary>The normaliser of tercom, with its options.</summary>
/// <remarks>
/// sacreBLEU's rules that would split runs of hiragana and katakana can never match (they ask for the start of the
/// text, where a space stands), so there are none here; scores agree.
/// </remarks>
internal sealed class TercomTokenizer(TerConfig config)
{
    /// <summary>Returns the text with one space between its words.</summary>
    public string Tokenize(string text)
    {
        if (!config.CaseSensitive)
        {
            text = PythonLowercase.Lower(text);
        }

        RewriteBuffer buffer = config.Normalized ? Normalize(text) : RewriteBuffer.Load(text);
        if (config.NoPunctuation)
        {
            Rewrite.Remove<WesternMark>(buffer);
            if (config.AsianSupport)
            {
                Rewrite.Remove<AsianMark>(buffer);
            }
        }

        return buffer.JoinWords();
    }

    private RewriteBuffer Normalize(string text)
    {
        text = text.Replace("\n-", "", StringComparison.Ordinal).Replace('\n', ' ');
        RewriteBuffer buffer = RewriteBuffer.Load($" {WesternPunctuation.Unescape(text)} ");
        WesternPunctuation.SeparateSymbols(buffer);
        buffer = RewriteBuffer.Load(buffer.Text.ToString().Replace("'s ", " 's ", StringComparison.Ordinal));
        WesternPunctuation.SeparatePeriodsCommasAndDashes(buffer);
        if (config.AsianSupport)
        {
            Rewrite.Surround<AsianCharacter>(buffer);
        }

        return buffer;
    }

    private readonly struct WesternMark : ICodePointRule
    {
        public static bool Matches(int codePoint) => codePoint is '.' or ',' or '?' or ':' or ';' or '!' or '"' or '(' or ')';
    }

    // Ideographic commas and full stops, brackets, half-width marks, the middle dot; then full-width marks.
    private readonly struct AsianMark : ICodePointRule
    {
        public static bool Matches(int codePoint) => codePoint is 0x3001 or 0x3002 or (>= 0x3008 and <= 0x3011)
            or (>= 0x3014 and <= 0x301F) or (>= 0xFF61 and <= 0xFF65) or 0x30FB
            or 0xFF0E or 0xFF0C or 0xFF1F or 0xFF1A or 0xFF1B or 0xFF01 or 0xFF02 or 0xFF08 or 0xFF09;
    }

    // Ideographs, their extension A, strokes, radicals and compatibility forms. The range from 3200 reaches to 3F22,
    // not 32FF, in sacreBLEU as well; what it adds is in the other ranges.
    private readonly struct AsianCharacter : ICodePointRule
    {
        public static bool Matches(int codePoint) => codePoint is (>= 0x4E00 and <= 0x9FFF) or (>= 0x3200 and <= 0x4DBF)
            or (>= 0x31C0 and <= 0x31EF) or (>= 0x2E80 and <= 0x2EFF) or (>= 0xF900 and <= 0xFAFF)
            or (>= 0xFE30 and <= 0xFE4F)
            || AsianMark.Matches(codePoint);
    }
}
