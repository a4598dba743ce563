using Heed.Text.Metrics.Bleu;
using Heed.Text.Metrics.Tokenization;

namespace Heed.Text.Metrics;

/// <summary>What a score may be asked for besides its metric's name, with sacreBLEU's defaults.</summary>
public sealed record MetricOptions
{
    /// <summary>How BLEU divides text into words.</summary>
    public BleuTokenizer Tokenizer { get; init; } = BleuTokenizer.Mteval13a;

    /// <summary>How BLEU counts orders of n-grams without a match.</summary>
    public BleuSmoothing Smoothing { get; init; } = BleuSmoothing.Exponential;

    /// <summary>Whether BLEU and chrF compare lower-cased text. TER and ROUGE always do.</summary>
    public bool Lowercase { get; init; }
}
