using System.Text.Json.Serialization;
using Heed.Training.Data;

namespace Heed.Training;

/// <summary>Where a run stands: all that a resumed run needs beside the weights and the optimiser's moments.</summary>
/// <remarks>
/// Random numbers need no state of their own: batch order is a function of (seed, epoch), and dropout of (seed, step).
/// </remarks>
public sealed record TrainingState
{
    /// <summary>Optimiser steps taken.</summary>
    public int Step { get; init; }

    /// <summary>The next batch.</summary>
    public DataPosition Position { get; init; }

    /// <summary>Tokens that the model has read.</summary>
    public long Tokens { get; init; }

    /// <summary>Seconds spent training, validation and saving not counted.</summary>
    public double Seconds { get; init; }

    /// <summary>Validations since the best one.</summary>
    public int ValidationsWithoutImprovement { get; init; }

    /// <summary>The best checkpoints so far, best first.</summary>
    public IReadOnlyList<RankedCheckpoint> Best { get; init; } = [];

    /// <summary>The step of the last validation; 0 before the first.</summary>
    public int ValidatedStep { get; init; }

    /// <summary>The steps that no line of the log tells of yet.</summary>
    public LossWindow Window { get; init; }

    /// <summary>The course of the loss.</summary>
    public LossTrend Trend { get; init; } = new();

    /// <summary>A fingerprint of the encoded training data, so that a run is not resumed on other data.</summary>
    public ulong DataFingerprint { get; init; }
}

/// <summary>A kept checkpoint and the validation loss it is ranked by.</summary>
/// <param name="Step">The step it was taken at.</param>
/// <param name="Loss">Nats per label on the validation data.</param>
public sealed record RankedCheckpoint(int Step, double Loss);

/// <summary>Source-generated serialisation of the records that a run writes as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, WriteIndented = false)]
[JsonSerializable(typeof(TrainingState))]
[JsonSerializable(typeof(LogEntry))]
internal sealed partial class TrainingJson : JsonSerializerContext;
