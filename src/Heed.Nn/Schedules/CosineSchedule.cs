namespace Heed.Nn.Schedules;

/// <summary>An even climb to a peak, then half a cosine down to a last rate, which stays.</summary>
/// <remarks>Loshchilov and Hutter 2017, equation 5, without restarts.</remarks>
/// <param name="peakRate">The rate at the last warm-up step.</param>
/// <param name="warmupSteps">The steps of the climb.</param>
/// <param name="totalSteps">The step at which the last rate is reached.</param>
/// <param name="lastRate">That rate.</param>
public sealed class CosineSchedule(double peakRate, long warmupSteps, long totalSteps, double lastRate = 0) : LearningRateSchedule
{
    /// <inheritdoc/>
    protected override double Rate(long step)
    {
        if (step <= warmupSteps)
        {
            return peakRate * Warmed(step, warmupSteps);
        }

        double progress = Math.Min(1, (step - warmupSteps) / (double)Math.Max(1, totalSteps - warmupSteps));
        return lastRate + ((peakRate - lastRate) * 0.5 * (1 + Math.Cos(Math.PI * progress)));
    }
}
