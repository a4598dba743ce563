namespace Heed.Training;

/// <summary>Sums over the steps since the last line of the log.</summary>
/// <param name="Steps">How many steps.</param>
/// <param name="Losses">The sum of their losses.</param>
/// <param name="Tokens">The sum of their tokens.</param>
/// <param name="StartSeconds">The seconds of training before them.</param>
/// <param name="Last">The run's last step.</param>
public readonly record struct LossWindow(int Steps, double Losses, long Tokens, double StartSeconds, StepResult Last)
{
    internal LossWindow Add(StepResult step) => new(Steps + 1, Losses + step.Loss, Tokens + step.Tokens, StartSeconds, step);

    internal LossWindow Next(double seconds) => new(0, 0, 0, seconds, Last);

    internal LogEntry Entry(double seconds, string? message) => new()
    {
        Step = Last.Step,
        Epoch = Last.Epoch,
        Loss = MeanLoss(),
        LearningRate = Last.LearningRate,
        GradientNorm = Last.GradientNorm,
        TokensPerSecond = seconds > StartSeconds ? Tokens / (seconds - StartSeconds) : null,
        Seconds = seconds,
        Message = message,
    };

    internal double MeanLoss() => Losses / Steps;
}
