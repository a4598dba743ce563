namespace Heed.Training;

/// <summary>One line of a run's log: training numbers every few steps, validation numbers when there was one.</summary>
public sealed record LogEntry
{
    /// <summary>Optimiser steps taken.</summary>
    public required int Step { get; init; }

    /// <summary>The pass over the data, from 0.</summary>
    public required int Epoch { get; init; }

    /// <summary>Mean training loss since the last line, in nats per target token (label smoothing included).</summary>
    public double? Loss { get; init; }

    /// <summary>The learning rate of the last step.</summary>
    public double? LearningRate { get; init; }

    /// <summary>The norm of the last step's gradient before clipping.</summary>
    public double? GradientNorm { get; init; }

    /// <summary>Source and target tokens per second of training time since the last line.</summary>
    public double? TokensPerSecond { get; init; }

    /// <summary>Validation loss in nats per target token, without label smoothing.</summary>
    public double? ValidationLoss { get; init; }

    /// <summary>exp(<see cref="ValidationLoss"/>).</summary>
    public double? ValidationPerplexity { get; init; }

    /// <summary>BLEU of the translated validation sentences, greedy.</summary>
    public double? ValidationBleu { get; init; }

    /// <summary>chrF of the translated validation sentences, greedy.</summary>
    public double? ValidationChrf { get; init; }

    /// <summary>Seconds of training so far.</summary>
    public double? Seconds { get; init; }

    /// <summary>What the run wants to say: a diagnosis, why it ended.</summary>
    public string? Message { get; init; }

    internal static LogEntry Of(TrainingState state, ValidationResult result) => new()
    {
        Step = state.Step,
        Epoch = state.Position.Epoch,
        ValidationLoss = result.Loss,
        ValidationPerplexity = double.IsFinite(result.Perplexity) ? result.Perplexity : null, // JSON has no infinity
        ValidationBleu = result.Bleu,
        ValidationChrf = result.Chrf,
        Seconds = state.Seconds,
    };
}
