namespace Heed.Text.Metrics.Ter;

/// <summary>
/// Translation edit rate: how many words must be inserted, deleted, replaced or moved for every 100 words of reference.
/// </summary>
/// <remarks>
/// Snover and others, "A Study of Translation Edit Rate with Targeted Human Annotation" (2006), section 3:
/// <c>TER = edits to the nearest reference / average reference length</c>. Scores agree with sacreBLEU, which follows
/// tercom, to the printed digit.
/// </remarks>
public sealed class TerMetric : CorpusMetric<TerScore>
{
    /// <summary>Creates the metric; null means the default settings.</summary>
    public TerMetric(TerConfig? config = null) => Config = config ?? new TerConfig();

    /// <summary>The settings.</summary>
    public TerConfig Config { get; }

    /// <inheritdoc/>
    public override string Name => "TER";

    /// <inheritdoc/>
    public override bool HigherIsBetter => false;

    /// <inheritdoc/>
    public override int StatisticsWidth => TerMeter.Width;

    /// <inheritdoc/>
    protected override string Settings =>
        $"case:{(Config.CaseSensitive ? "mixed" : "lc")}|tok:tercom|norm:{YesNo(Config.Normalized)}"
        + $"|punct:{YesNo(!Config.NoPunctuation)}|asian:{YesNo(Config.AsianSupport)}";

    /// <inheritdoc/>
    protected internal override SegmentMeter CreateMeter() => new TerMeter(Config);

    /// <inheritdoc/>
    protected internal override TerScore Combine(ReadOnlySpan<long> sums)
    {
        long edits = sums[TerMeter.Edits];
        double length = (double)sums[TerMeter.ReferenceLength] / TerMeter.LengthUnit;
        // Output where nothing should be is all wrong; nothing where nothing should be is right.
        double rate = length > 0 ? edits / length : edits > 0 ? 1 : 0;
        return new TerScore(100 * rate) { Edits = edits, ReferenceLength = length };
    }

    private static string YesNo(bool value) => value ? "yes" : "no";
}
