namespace Heed.Text.Metrics.Classification;

/// <summary>The share of texts whose class is right.</summary>
/// <remarks>Hypotheses are the predicted labels and references the true ones; a hypothesis that equals any of its references is right.</remarks>
public sealed class AccuracyMetric : CorpusMetric<AccuracyScore>
{
    private const int Right = 0;
    private const int Total = 1;

    /// <inheritdoc/>
    public override string Name => "accuracy";

    /// <inheritdoc/>
    public override int StatisticsWidth => 2;

    /// <inheritdoc/>
    protected override string Settings => "case:mixed";

    /// <inheritdoc/>
    protected internal override SegmentMeter CreateMeter() => new Meter();

    /// <inheritdoc/>
    protected internal override AccuracyScore Combine(ReadOnlySpan<long> sums) => new(100.0 * sums[Right] / Math.Max(1, sums[Total])) { Right = sums[Right], Total = sums[Total] };

    private sealed class Meter : SegmentMeter
    {
        public override void Measure(string hypothesis, IReadOnlyList<string> references, Span<long> statistics)
        {
            statistics[Right] = references.Contains(hypothesis) ? 1 : 0;
            statistics[Total] = 1;
        }
    }
}
