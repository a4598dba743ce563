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
/// <param name="Loss">Mean loss of the step's batches, in nats per target token.</param>
/// <param name="GradientNorm">The gradient's norm before clipping.</param>
/// <param name="LearningRate">The learning rate.</param>
/// <param name="Tokens">Source and target tokens of the step.</param>
public readonly record struct StepResult(int Step, int Epoch, double Loss, double GradientNorm, double LearningRate, int Tokens);

/// <summary>What a model scored on the validation pairs.</summary>
/// <param name="Loss">Nats per target token, without label smoothing.</param>
/// <param name="Bleu">BLEU of greedy translations, or null when none were made.</param>
/// <param name="Chrf">chrF of the same translations.</param>
/// <param name="Samples">Some of them.</param>
public sealed record ValidationResult(double Loss, double? Bleu, double? Chrf, IReadOnlyList<TranslationSample> Samples)
{
    /// <summary>exp(loss): how many tokens the model hesitates between.</summary>
    public double Perplexity => Math.Exp(Loss);
}

/// <summary>A validation sentence as the model translates it now.</summary>
/// <param name="Source">The sentence.</param>
/// <param name="Reference">Its translation in the data.</param>
/// <param name="Hypothesis">The model's translation.</param>
public sealed record TranslationSample(string Source, string Reference, string Hypothesis);
