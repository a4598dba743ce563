namespace Heed.Text.Metrics.Significance;

/// <summary>Tests whether two systems differ, by resampling the test set for both at once.</summary>
/// <remarks>
/// Koehn (2004), section 4, for <see cref="PairedComparison.WinRate"/>. The p-value is that of Moses and sacreBLEU:
/// the resampled absolute differences less their mean stand for what chance does (Riezler and Maxwell, "On Some
/// Pitfalls in Automatic Evaluation and Significance Testing for MT", 2005, section 4), and the p-value is the share
/// of them that reach the true difference. sacreBLEU counts only those that exceed it, which calls a system
/// significantly different from itself; here such a pair gets p = 1.
/// </remarks>
public static class PairedBootstrap
{
    /// <summary>Compares a system with a baseline; both scores carry their confidence intervals.</summary>
    /// <param name="baseline">The statistics of the baseline.</param>
    /// <param name="system">The statistics of the system, by the same metric on the same test set.</param>
    /// <param name="resampling">How to resample; null for the defaults.</param>
    /// <exception cref="ArgumentException">The two do not belong together.</exception>
    public static PairedComparison Compare(
        SegmentStatistics baseline, SegmentStatistics system, BootstrapResampling? resampling = null)
    {
        PairedComparison.Check(baseline, system);
        resampling ??= new BootstrapResampling();
        double[] ofBaseline = resampling.Scores(baseline);
        double[] ofSystem = resampling.Scores(system);
        MetricScore baselineScore = Score(baseline, resampling, ofBaseline);
        MetricScore systemScore = Score(system, resampling, ofSystem);
        double pValue = PairedComparison.PValueOf(
            Math.Abs(systemScore.Value - baselineScore.Value), CentredDifferences(ofBaseline, ofSystem));
        return new PairedComparison(baselineScore, systemScore, pValue)
        {
            WinRate = WinRate(ofBaseline, ofSystem, system.Metric.HigherIsBetter),
        };
    }

    private static MetricScore Score(SegmentStatistics statistics, BootstrapResampling resampling, double[] resampled) =>
        statistics.Metric.Score(statistics) with
        {
            Interval = ConfidenceInterval.Of(resampled),
            Signature = statistics.Metric.Signature(statistics.ReferenceCount, resampling.SignatureFields),
        };

    private static double[] CentredDifferences(double[] baseline, double[] system)
    {
        double[] differences = new double[baseline.Length];
        for (int i = 0; i < differences.Length; i++)
        {
            differences[i] = Math.Abs(system[i] - baseline[i]);
        }

        double mean = differences.Average();
        for (int i = 0; i < differences.Length; i++)
        {
            differences[i] -= mean;
        }

        return differences;
    }

    private static double WinRate(double[] baseline, double[] system, bool higherIsBetter)
    {
        int wins = 0;
        for (int i = 0; i < baseline.Length; i++)
        {
            wins += (higherIsBetter ? system[i] > baseline[i] : system[i] < baseline[i]) ? 1 : 0;
        }

        return (double)wins / baseline.Length;
    }
}
