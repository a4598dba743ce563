using Heed.Text.Metrics.PythonRules;

namespace Heed.Text.Metrics.Significance;

/// <summary>The outcome of a test whether two systems differ.</summary>
/// <param name="Baseline">The score of the baseline.</param>
/// <param name="System">The score of the system.</param>
/// <param name="PValue">
/// How likely a difference of this size or more is if the two were equally good. Below 0.05 it is customary to call the
/// difference significant.
/// </param>
public sealed record PairedComparison(MetricScore Baseline, MetricScore System, double PValue)
{
    /// <summary>The score of the system less that of the baseline.</summary>
    public double Difference => System.Value - Baseline.Value;

    /// <summary>
    /// The share of the resampled texts on which the system is strictly better than the baseline (Koehn 2004,
    /// section 4); null for a test that does not resample.
    /// </summary>
    public double? WinRate { get; init; }

    /// <summary>The p-value as sacreBLEU prints it, with a star below 0.05: <c>(p = 0.0010)*</c>.</summary>
    public string FormatPValue() => $"(p = {PythonFixedPoint.Format(PValue, 4)}){(PValue > 0.05 ? "" : "*")}";

    /// <summary>Checks that two sets of statistics can be compared.</summary>
    internal static void Check(SegmentStatistics baseline, SegmentStatistics system)
    {
        ArgumentNullException.ThrowIfNull(baseline);
        ArgumentNullException.ThrowIfNull(system);
        if (baseline.Metric != system.Metric)
        {
            throw new ArgumentException(
                $"The statistics come from two metrics ({baseline.Metric.Name} and {system.Metric.Name}); measure both with one.", nameof(system));
        }

        if (baseline.Count != system.Count)
        {
            throw new ArgumentException(
                $"The baseline has {baseline.Count} segments and the system {system.Count}; a paired test needs the same test set.", nameof(system));
        }
    }

    /// <summary>The p-value of a difference among those that chance made; it is never 0, however few the trials.</summary>
    internal static double PValueOf(double difference, ReadOnlySpan<double> byChance)
    {
        int atLeast = 0;
        foreach (double value in byChance)
        {
            atLeast += value >= difference ? 1 : 0;
        }

        return (atLeast + 1.0) / (byChance.Length + 1.0);
    }
}
