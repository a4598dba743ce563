namespace Heed.Text.Metrics;

/// <summary>
/// What a metric counted in each segment. The statistics of a text are the sums over its segments, so that scoring a
/// resampled text only means adding again.
/// </summary>
public sealed class SegmentStatistics
{
    private readonly long[] values;

    internal SegmentStatistics(CorpusMetric metric, long[] values, int? referenceCount)
    {
        Metric = metric;
        this.values = values;
        ReferenceCount = referenceCount;
        Width = metric.StatisticsWidth;
    }

    /// <summary>The metric that counted.</summary>
    public CorpusMetric Metric { get; }

    /// <summary>How many references every segment has; null where that varies.</summary>
    public int? ReferenceCount { get; }

    /// <summary>How many numbers there are for a segment.</summary>
    public int Width { get; }

    /// <summary>How many segments there are.</summary>
    public int Count => values.Length / Width;

    /// <summary>The numbers of one segment.</summary>
    public ReadOnlySpan<long> this[int segment] => values.AsSpan(segment * Width, Width);

    /// <summary>The sums over all segments.</summary>
    public long[] Sum()
    {
        long[] sums = new long[Width];
        for (int segment = 0; segment < Count; segment++)
        {
            SegmentRunner.Add(sums, this[segment]);
        }

        return sums;
    }
}
