using Heed.Text.Metrics.Significance;

namespace Heed.Text.Metrics;

/// <summary>A metric whose scores have parts of their own.</summary>
/// <typeparam name="TScore">The type of its scores.</typeparam>
public abstract class CorpusMetric<TScore> : CorpusMetric
    where TScore : MetricScore
{
    /// <inheritdoc/>
    public sealed override TScore Corpus(
        IReadOnlyList<string> hypotheses,
        IReadOnlyList<IReadOnlyList<string?>> references,
        BootstrapResampling? bootstrap = null) => (TScore)base.Corpus(hypotheses, references, bootstrap);

    /// <inheritdoc/>
    public sealed override TScore Sentence(string hypothesis, IReadOnlyList<string> references) =>
        (TScore)base.Sentence(hypothesis, references);

    /// <inheritdoc/>
    public sealed override TScore Score(SegmentStatistics statistics, BootstrapResampling? bootstrap = null) =>
        (TScore)base.Score(statistics, bootstrap);

    /// <inheritdoc/>
    protected internal abstract override TScore Combine(ReadOnlySpan<long> sums);
}
