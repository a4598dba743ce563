namespace Heed.Text.Metrics.Rouge;

/// <summary>
/// ROUGE: how much of a reference summary an output covers, and the other way round, as an F-measure.
/// </summary>
/// <remarks>
/// Lin, "ROUGE: A Package for Automatic Evaluation of Summaries" (2004), sections 2 and 3. Words, counts and the mean
/// over segments are those of Google's rouge_scorer, which follows ROUGE-1.5.5.
/// </remarks>
public sealed class RougeMetric : CorpusMetric<RougeScore>
{
    /// <summary>Creates the metric; null means ROUGE-1 without a stemmer.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such kind of ROUGE.</exception>
    public RougeMetric(RougeConfig? config = null)
    {
        Config = config ?? new RougeConfig();
        Name = Config.Kind switch
        {
            RougeKind.Rouge1 => "ROUGE-1",
            RougeKind.Rouge2 => "ROUGE-2",
            RougeKind.RougeL => "ROUGE-L",
            RougeKind.RougeLsum => "ROUGE-Lsum",
            _ => throw new ArgumentOutOfRangeException(nameof(config), Config.Kind, "There is no such kind of ROUGE."),
        };
    }

    /// <summary>The settings.</summary>
    public RougeConfig Config { get; }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override int StatisticsWidth => RougeMeter.Width;

    /// <inheritdoc/>
    protected override string Settings => $"case:lc|tok:rouge|stem:{(Config.UseStemmer ? "porter" : "no")}|mean:segments";

    /// <inheritdoc/>
    protected internal override SegmentMeter CreateMeter() => new RougeMeter(Config);

    /// <inheritdoc/>
    protected internal override RougeScore Combine(ReadOnlySpan<long> sums)
    {
        double weight = 1 / (RougeMeter.Unit * sums[RougeMeter.Segments]);
        double fMeasure = sums[RougeMeter.FMeasure] * weight;
        return new RougeScore(Name, 100 * fMeasure)
        {
            Precision = sums[RougeMeter.Precision] * weight,
            Recall = sums[RougeMeter.Recall] * weight,
            FMeasure = fMeasure,
        };
    }
}
