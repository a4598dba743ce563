namespace Heed.Nn.Schedules;

/// <summary>The learning rate as a function of the training step.</summary>
public abstract class LearningRateSchedule
{
    /// <summary>The rate of one optimiser step.</summary>
    /// <param name="step">The number of the step, counted from 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The step is below 1.</exception>
    public float At(long step) => (float)ExactAt(step);

    /// <summary>The rate of one optimiser step before it is rounded to single precision.</summary>
    /// <param name="step">The number of the step, counted from 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The step is below 1.</exception>
    public double ExactAt(long step)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(step, 1);
        return Rate(step);
    }

    /// <summary>The rate, in double precision.</summary>
    /// <param name="step">The number of the step, at least 1.</param>
    protected abstract double Rate(long step);

    /// <summary>How far warm-up has come: grows evenly to 1 at the last warm-up step and stays there.</summary>
    protected static double Warmed(long step, long warmupSteps) => step >= warmupSteps ? 1 : (double)step / warmupSteps;
}
