namespace Heed.Text.Metrics.Tokenization;

/// <summary>The tokenization of NIST's mteval-v13a.pl.</summary>
internal sealed class Mteval13aTokenizer : BleuTokenizer
{
    /// <inheritdoc/>
    public override string Name => "13a";

    /// <inheritdoc/>
    public override string Tokenize(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        text = text.Replace("<skipped>", "", StringComparison.Ordinal)
            .Replace("-\n", "", StringComparison.Ordinal)
            .Replace('\n', ' ');
        // The spaces let the rules on pairs see the first and the last character.
        RewriteBuffer buffer = RewriteBuffer.Load($" {WesternPunctuation.Unescape(text)} ");
        WesternPunctuation.SeparateSymbols(buffer);
        WesternPunctuation.SeparatePeriodsCommasAndDashes(buffer);
        return buffer.JoinWords();
    }
}
