namespace Heed.Text.Metrics;

/// <summary>
/// Compares one hypothesis after the other with its references. A meter reuses its working memory and belongs to one
/// thread.
/// </summary>
public abstract class SegmentMeter
{
    /// <summary>Writes the statistics of one segment.</summary>
    /// <param name="hypothesis">The output of the system.</param>
    /// <param name="references">Its references: at least one.</param>
    /// <param name="statistics">
    /// Where they go: all zero at first, as long as <see cref="CorpusMetric.StatisticsWidth"/>.
    /// </param>
    public abstract void Measure(string hypothesis, IReadOnlyList<string> references, Span<long> statistics);
}
