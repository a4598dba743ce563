namespace Heed.Nn.Schedules;

/// <summary>An even climb to a peak, then an even decline to zero: the schedule of BERT.</summary>
/// <remarks>Devlin et al. 2019, appendix A.2.</remarks>
/// <param name="peakRate">The rate at the last warm-up step.</param>
/// <param name="warmupSteps">The steps of the climb.</param>
/// <param name="totalSteps">The step at which the rate is zero.</param>
public sealed class LinearSchedule(double peakRate, long warmupSteps, long totalSteps) : LearningRateSchedule
{
    /// <inheritdoc/>
    protected override double Rate(long step) => step <= warmupSteps
        ? peakRate * Warmed(step, warmupSteps)
        : peakRate * Math.Max(0, (totalSteps - step) / (double)Math.Max(1, totalSteps - warmupSteps));
}
