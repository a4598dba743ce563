namespace Heed.Training;

/// <summary>One line of a run's log: training numbers every few steps, validation numbers when there was one.</summary>
public sealed record LogEntry
{
    /// <summary>Optimiser steps taken.</summary>
    public required int Step { get; init; }

    /// <summary>The pass over the data, from 0.</summary>
    public required int Epoch { get; init; }

    /// <summary>Mean training loss since the last line, in nats per label (label smoothing included).</summary>
    public double? Loss { get; init; }

    /// <summary>The learning rate of the last step.</summary>
    public double? LearningRate { get; init; }

    /// <summary>The norm of the last step's gradient before clipping.</summary>
    public double? GradientNorm { get; init; }

    /// <summary>Tokens that the model read per second of training time since the last line.</summary>
    public double? TokensPerSecond { get; init; }

    /// <summary>Validation loss in nats per label, without label smoothing.</summary>
    public double? ValidationLoss { get; init; }

    /// <summary>What else the validation measured, by name; what is no finite number is left out.</summary>
    public IReadOnlyDictionary<string, double>? ValidationScores { get; init; }

    /// <summary>Seconds of training so far.</summary>
    public double? Seconds { get; init; }

    /// <summary>What the run wants to say: a diagnosis, why it ended.</summary>
    public string? Message { get; init; }

    internal static LogEntry Of(TrainingState state, ValidationResult result) => new()
    {
        Step = state.Step,
        Epoch = state.Position.Epoch,
        ValidationLoss = result.Loss,
        ValidationScores = new OrderedDictionary<string, double>(result.Scores.Where(score => double.IsFinite(score.Value))), // JSON has no infinity
        Seconds = state.Seconds,
    };
}
