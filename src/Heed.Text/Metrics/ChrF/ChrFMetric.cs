namespace Heed.Text.Metrics.ChrF;

/// <summary>
/// chrF: the F-score of character n-grams, and of word n-grams too in chrF++. It needs no tokenizer and forgives
/// endings, which suits languages rich in forms.
/// </summary>
/// <remarks>
/// Popović, "chrF: character n-gram F-score for automatic MT evaluation" (2015), section 2, and "chrF++: words helping
/// character n-grams" (2017). <c>F = (1 + beta^2) P R / (beta^2 P + R)</c> of the mean precision and the mean recall
/// over the orders. Scores agree with sacreBLEU to the printed digit.
/// </remarks>
public sealed class ChrFMetric : CorpusMetric<ChrFScore>
{
    /// <summary>Creates the metric; null means the default settings.</summary>
    public ChrFMetric(ChrFConfig? config = null)
    {
        Config = config ?? new ChrFConfig();
        Name = $"chrF{Config.Beta}{new string('+', Config.WordOrder)}";
    }

    /// <summary>The settings.</summary>
    public ChrFConfig Config { get; }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override int StatisticsWidth => 3 * (Config.CharacterOrder + Config.WordOrder);

    /// <inheritdoc/>
    protected override string Settings =>
        $"case:{(Config.Lowercase ? "lc" : "mixed")}|eff:{(Config.EpsilonSmoothing ? "no" : "yes")}"
        + $"|nc:{Config.CharacterOrder}|nw:{Config.WordOrder}|space:{(Config.Whitespace ? "yes" : "no")}";

    /// <inheritdoc/>
    protected internal override SegmentMeter CreateMeter() => new ChrFMeter(Config);

    /// <inheritdoc/>
    protected internal override ChrFScore Combine(ReadOnlySpan<long> sums) => new(Name, ChrFFormula.Score(sums, Config))
    {
        HypothesisTotals = EveryThird(sums, 0),
        ReferenceTotals = EveryThird(sums, 1),
        Matches = EveryThird(sums, 2),
    };

    private static long[] EveryThird(ReadOnlySpan<long> sums, int first)
    {
        long[] values = new long[sums.Length / 3];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = sums[(3 * i) + first];
        }

        return values;
    }
}
