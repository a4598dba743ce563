using Heed.Text.Tokenizers;

namespace Heed.Text.Metrics.Significance;

/// <summary>
/// Asks how much a score depends on the choice of test sentences: draws as many segments as there are, with
/// replacement, scores them, and repeats that.
/// </summary>
/// <remarks>
/// Koehn, "Statistical Significance Tests for Machine Translation Evaluation" (2004), section 3. The defaults are
/// sacreBLEU's. The same seed gives the same bits on any number of threads; sacreBLEU draws from NumPy's generator, so
/// its intervals agree with these in distribution, not digit by digit.
/// </remarks>
public sealed record BootstrapResampling
{
    /// <summary>How many texts are drawn: 2 or more.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is less than 2.</exception>
    public int Resamples
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 2);
            field = value;
        }
    } = 1000;

    /// <summary>The seed of the draws.</summary>
    public long Seed { get; init; } = 12345;

    /// <summary>The fields of the signature that tell of the resampling.</summary>
    internal string SignatureFields => $"bs:{Resamples}|seed:{Seed}";

    /// <summary>Returns the 95 % confidence interval of a score.</summary>
    public ConfidenceInterval Estimate(SegmentStatistics statistics) => ConfidenceInterval.Of(Scores(statistics));

    /// <summary>
    /// Returns the score of every resampled text. Trial i draws the same segments from all statistics of equal count,
    /// which makes comparisons paired.
    /// </summary>
    public double[] Scores(SegmentStatistics statistics)
    {
        ArgumentNullException.ThrowIfNull(statistics);
        double[] scores = new double[Resamples];
        Parallel.For(0, Resamples, trial => scores[trial] = statistics.Metric.Combine(Draw(statistics, trial)).Value);
        return scores;
    }

    private long[] Draw(SegmentStatistics statistics, int trial)
    {
        SplitMix64 random = SplitMix64.For((ulong)Seed, epoch: 0, item: trial);
        long[] sums = new long[statistics.Width];
        for (int i = 0; i < statistics.Count; i++)
        {
            int segment = (int)Math.BigMul(random.NextUInt64(), (ulong)statistics.Count, out _);
            SegmentRunner.Add(sums, statistics[segment]);
        }

        return sums;
    }
}
