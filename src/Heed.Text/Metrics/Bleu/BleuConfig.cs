using Heed.Text.Metrics.Tokenization;

namespace Heed.Text.Metrics.Bleu;

/// <summary>The settings of BLEU; the defaults are those of WMT and sacreBLEU.</summary>
public sealed record BleuConfig
{
    /// <summary>For scoring one sentence at a time: orders longer than the sentence are left out.</summary>
    public static BleuConfig ForSentences { get; } = new() { EffectiveOrder = true };

    /// <summary>How text is split into words.</summary>
    public BleuTokenizer Tokenizer { get; init; } = BleuTokenizer.Mteval13a;

    /// <summary>Compares without regard to case.</summary>
    public bool Lowercase { get; init; }

    /// <summary>What is done about orders without a match.</summary>
    public BleuSmoothing Smoothing { get; init; } = BleuSmoothing.Exponential;

    /// <summary>Leaves out the orders of which the hypothesis has no n-gram. Meant for single sentences.</summary>
    public bool EffectiveOrder { get; init; }

    /// <summary>States that text which looks tokenized is meant to be so; without it the score carries a warning.</summary>
    public bool Force { get; init; }

    /// <summary>The longest n-grams counted: 1 to 16.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is out of range.</exception>
    public int MaxOrder
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 16);
            field = value;
        }
    } = 4;
}
