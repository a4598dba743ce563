namespace Heed.Nn.Schedules;

/// <summary>The same rate at every step, after an even climb to it if wanted.</summary>
/// <param name="rate">The rate.</param>
/// <param name="warmupSteps">The steps of the climb; at the last of them the rate is reached.</param>
public sealed class ConstantSchedule(float rate, long warmupSteps = 0) : LearningRateSchedule
{
    /// <inheritdoc/>
    protected override double Rate(long step) => rate * Warmed(step, warmupSteps);
}
