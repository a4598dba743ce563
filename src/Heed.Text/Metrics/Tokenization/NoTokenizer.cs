namespace Heed.Text.Metrics.Tokenization;

/// <summary>Leaves the text as it is.</summary>
internal sealed class NoTokenizer : BleuTokenizer
{
    /// <inheritdoc/>
    public override string Name => "none";

    /// <inheritdoc/>
    public override string Tokenize(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text;
    }
}
