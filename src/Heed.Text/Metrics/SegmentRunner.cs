using System.Runtime.ExceptionServices;

namespace Heed.Text.Metrics;

/// <summary>
/// Measures segments on all cores. The statistics are integers, so their sums are the same bits in whatever order the
/// threads finish.
/// </summary>
internal static class SegmentRunner
{
    private const int ChunkLength = 64;

    /// <summary>Adds up the statistics of all segments without keeping them.</summary>
    public static long[] Sum(CorpusMetric metric, SegmentSet segments)
    {
        long[] sums = new long[metric.StatisticsWidth];
        Lock gate = new();
        Run(
            metric,
            segments,
            (worker, segment) => worker.AddTo(segment),
            worker =>
            {
                lock (gate)
                {
                    Add(sums, worker.Sums);
                }
            });
        return sums;
    }

    /// <summary>Returns the statistics of all segments, one after the other.</summary>
    public static long[] Collect(CorpusMetric metric, SegmentSet segments)
    {
        int width = metric.StatisticsWidth;
        long[] values = new long[checked(width * segments.Count)];
        Run(
            metric,
            segments,
            (worker, segment) => worker.Measure(segment, values.AsSpan(segment * width, width)),
            _ => { });
        return values;
    }

    /// <summary>Adds statistics; throws where a sum leaves the range of a long.</summary>
    public static void Add(Span<long> sums, ReadOnlySpan<long> statistics)
    {
        for (int i = 0; i < sums.Length; i++)
        {
            sums[i] = checked(sums[i] + statistics[i]);
        }
    }

    private static void Run(CorpusMetric metric, SegmentSet segments, Action<Worker, int> measure, Action<Worker> finish)
    {
        Worker MeasureChunk(int chunk, Worker worker)
        {
            int end = Math.Min(segments.Count, (chunk + 1) * ChunkLength);
            for (int segment = chunk * ChunkLength; segment < end; segment++)
            {
                measure(worker, segment);
            }

            return worker;
        }

        int chunks = (segments.Count + ChunkLength - 1) / ChunkLength;
        if (chunks == 1)
        {
            finish(MeasureChunk(0, new Worker(metric, segments))); // single sentences are common
            return;
        }

        try
        {
            Parallel.For(0, chunks, () => new Worker(metric, segments), (chunk, _, worker) => MeasureChunk(chunk, worker), finish);
        }
        catch (AggregateException failure)
        {
            ExceptionDispatchInfo.Throw(failure.Flatten().InnerExceptions[0]);
        }
    }

    /// <summary>What one thread needs.</summary>
    private sealed class Worker(CorpusMetric metric, SegmentSet segments)
    {
        private readonly SegmentMeter meter = metric.CreateMeter();
        private readonly List<string> references = [];
        private readonly long[] statistics = new long[metric.StatisticsWidth];

        public long[] Sums { get; } = new long[metric.StatisticsWidth];

        public void Measure(int segment, Span<long> statistics)
        {
            segments.ReadReferences(segment, references);
            meter.Measure(segments.Hypothesis(segment), references, statistics);
        }

        public void AddTo(int segment)
        {
            Array.Clear(statistics);
            Measure(segment, statistics);
            Add(Sums, statistics);
        }
    }
}
