using Heed.Text.Metrics.PythonRules;

namespace Heed.Text.Metrics.Significance;

/// <summary>Where a score lies in 95 of 100 resampled texts.</summary>
/// <param name="Mean">The mean score of the resampled texts.</param>
/// <param name="HalfWidth">Half the width of the interval.</param>
public readonly record struct ConfidenceInterval(double Mean, double HalfWidth)
{
    /// <summary>The interval as sacreBLEU prints it: <c>μ = 22.67 ± 0.60</c>.</summary>
    public string Format(int decimals = 2) =>
        $"μ = {PythonFixedPoint.Format(Mean, decimals)} ± {PythonFixedPoint.Format(HalfWidth, decimals)}";

    /// <inheritdoc/>
    public override string ToString() => Format();

    /// <summary>The interval that leaves out one in forty of the scores at each end, as sacreBLEU takes it.</summary>
    internal static ConfidenceInterval Of(ReadOnlySpan<double> scores)
    {
        double[] sorted = scores.ToArray();
        Array.Sort(sorted);
        int lower = sorted.Length / 40;
        int upper = sorted.Length - lower - 1;
        return new ConfidenceInterval(sorted.Average(), 0.5 * (sorted[upper] - sorted[lower]));
    }
}
