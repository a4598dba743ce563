namespace Heed.Training.Data.Preflight;

/// <summary>What is going to be trained and how, as far as it is known. What is not set is not checked.</summary>
public sealed record TrainingPlan
{
    /// <summary>The budget of a batch, as in <see cref="BatchOptions.MaxTokens"/>.</summary>
    public required int BatchTokens { get; init; }

    /// <summary>How many batches one optimiser step averages.</summary>
    public int AccumulateBatches { get; init; } = 1;

    /// <summary>How many steps the training takes.</summary>
    public required long Steps { get; init; }

    /// <summary>The highest learning rate that the schedule reaches.</summary>
    public double? PeakLearningRate { get; init; }

    /// <summary>The steps in which the learning rate rises.</summary>
    public long? WarmupSteps { get; init; }

    /// <summary>The number of trained numbers of the model.</summary>
    public long? ParameterCount { get; init; }

    /// <summary>The width of the model.</summary>
    public int? DModel { get; init; }

    /// <summary>The layers of the encoder and the decoder together.</summary>
    public int? NumLayers { get; init; }

    /// <summary>How many tokens are trained on in a second, as measured on this machine.</summary>
    public double? TokensPerSecond { get; init; }

    /// <summary>The memory that the process may use, in bytes.</summary>
    public long? AvailableMemory { get; init; }

    /// <summary>The tokens of one optimiser step.</summary>
    internal long StepTokens => (long)BatchTokens * AccumulateBatches;
}
