namespace Heed.Nn.Schedules;

/// <summary>An even climb to a peak, then a decline with the inverse square root of the step: the schedule of the original Transformer.</summary>
/// <remarks>rate(t) = peak * min(t / warmup, sqrt(warmup / t)). Vaswani et al. 2017, section 5.3, equation 3.</remarks>
/// <param name="peakRate">The rate at the last warm-up step, the largest of all.</param>
/// <param name="warmupSteps">The steps of the climb; 0 begins at the peak.</param>
public sealed class InverseSquareRootSchedule(double peakRate, long warmupSteps) : LearningRateSchedule
{
    /// <summary>The schedule in the paper's words: rate(t) = factor * dModel^-0.5 * min(t^-0.5, t * warmup^-1.5).</summary>
    /// <param name="dModel">The width of the model.</param>
    /// <param name="warmupSteps">The steps of the climb; 4000 in the paper.</param>
    /// <param name="factor">A factor on the whole; 1 in the paper.</param>
    public static InverseSquareRootSchedule ForModel(int dModel, long warmupSteps = 4000, double factor = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dModel, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(warmupSteps, 1);
        return new InverseSquareRootSchedule(factor / Math.Sqrt((double)dModel * warmupSteps), warmupSteps);
    }

    /// <inheritdoc/>
    protected override double Rate(long step) => peakRate * Math.Min(Warmed(step, warmupSteps), Math.Sqrt(Math.Max(1, warmupSteps) / (double)step));
}
