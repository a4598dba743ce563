namespace Heed.Training;

/// <summary>Is told what happens in a run: progress bars, logs, tests.</summary>
public abstract class TrainingObserver
{
    /// <summary>A step was taken.</summary>
    /// <param name="step">Where the run stands.</param>
    public virtual void OnStep(StepResult step)
    {
    }

    /// <summary>A line is written to the log.</summary>
    /// <param name="entry">The line.</param>
    public virtual void OnLog(LogEntry entry)
    {
    }

    /// <summary>The model was validated.</summary>
    /// <param name="step">The step.</param>
    /// <param name="result">What it scored.</param>
    public virtual void OnValidated(int step, ValidationResult result)
    {
    }

    /// <summary>A checkpoint is in place.</summary>
    /// <param name="step">The step.</param>
    public virtual void OnCheckpoint(int step)
    {
    }
}

/// <summary>What one optimiser step did.</summary>
/// <param name="Step">Steps taken, this one included.</param>
/// <param name="Epoch">The pass over the data, from 0.</param>
/// <param name="Loss">Mean loss of the step's batches, in nats per label.</param>
/// <param name="GradientNorm">The gradient's norm before clipping.</param>
/// <param name="LearningRate">The learning rate.</param>
/// <param name="Tokens">Tokens that the model read in the step.</param>
public readonly record struct StepResult(int Step, int Epoch, double Loss, double GradientNorm, double LearningRate, int Tokens);

/// <summary>What a model scored on the validation data.</summary>
/// <param name="Loss">Nats per label, without label smoothing: what checkpoints are ranked by.</param>
/// <param name="Scores">What else was measured, by name, in the order in which it is shown.</param>
/// <param name="Samples">Some of what the model wrote, each a text of one or more lines.</param>
public sealed record ValidationResult(double Loss, IReadOnlyDictionary<string, double> Scores, IReadOnlyList<string> Samples)
{
    /// <summary>Some of what the model wrote, for people: line ends are LF, and other control characters are shown as U+FFFD, so that no model writes to a terminal what it likes.</summary>
    public IReadOnlyList<string> Samples { get; } = [.. Samples.Select(Printable)];

    private static string Printable(string text) => string.Concat(text.ReplaceLineEndings("\n").Select(c => char.IsControl(c) && c is not ('\n' or '\t') ? '\uFFFD' : c));
}
