namespace Heed.Nn.Schedules;

/// <summary>An even climb to a peak, then an even decline to a last rate, which stays: with zero the schedule of BERT.</summary>
/// <remarks>Devlin et al. 2019, appendix A.2.</remarks>
/// <param name="peakRate">The rate at the last warm-up step.</param>
/// <param name="warmupSteps">The steps of the climb.</param>
/// <param name="totalSteps">The step at which the last rate is reached.</param>
/// <param name="lastRate">That rate.</param>
public sealed class LinearSchedule(double peakRate, long warmupSteps, long totalSteps, double lastRate = 0) : LearningRateSchedule
{
    /// <inheritdoc/>
    protected override double Rate(long step) => step <= warmupSteps
        ? peakRate * Warmed(step, warmupSteps)
        : lastRate + ((peakRate - lastRate) * Math.Max(0, (totalSteps - step) / (double)Math.Max(1, totalSteps - warmupSteps)));
}
