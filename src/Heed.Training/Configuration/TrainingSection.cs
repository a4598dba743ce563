using Heed.Models.Configuration;
using Heed.Training.Data;

namespace Heed.Training.Configuration;

/// <summary>How the learning rate moves over a run.</summary>
public enum ScheduleKind
{
    /// <summary>Rises linearly during warm-up, then falls with the square root of the step (Vaswani et al. 2017, section 5.3).</summary>
    InverseSquareRoot,

    /// <summary>Rises linearly during warm-up, then falls to the lowest rate along half a cosine.</summary>
    Cosine,

    /// <summary>Rises linearly during warm-up, then falls linearly to the lowest rate.</summary>
    Linear,

    /// <summary>Rises linearly during warm-up, then stays.</summary>
    Constant,
}

/// <summary>How a model is trained. The defaults are the field's.</summary>
public sealed record TrainingSection
{
    /// <summary>The seed of everything random: initial weights, batch order, dropout.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The run ends after this many optimiser steps.</summary>
    public int MaxSteps { get; init; } = 100_000;

    /// <summary>The run ends after this many passes over the data; null for no such limit.</summary>
    public int? MaxEpochs { get; init; }

    /// <summary>The run ends after this many minutes of training, at a step; null for no such limit.</summary>
    public double? MaxMinutes { get; init; }

    /// <summary>The most tokens that the model reads in one batch, source and target together.</summary>
    public int BatchTokens { get; init; } = 4096;

    /// <summary>The most sequences in one batch, or pairs of them; null takes as many as <see cref="BatchTokens"/> hold.</summary>
    public int? BatchSequences { get; init; }

    /// <summary>Batches whose gradients are averaged before one optimiser step.</summary>
    public int AccumulateBatches { get; init; } = 1;

    /// <summary>The highest learning rate, reached at the end of warm-up.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>The course of the learning rate.</summary>
    public ScheduleKind Schedule { get; init; } = ScheduleKind.InverseSquareRoot;

    /// <summary>Steps over which the learning rate rises.</summary>
    public int WarmupSteps { get; init; } = 4000;

    /// <summary>The rate at which the schedules cosine and linear end.</summary>
    public double MinLearningRate { get; init; }

    /// <summary>The step at which they reach it; null is <see cref="MaxSteps"/>.</summary>
    public int? DecaySteps { get; init; }

    /// <summary>Adam's decay of the first moment.</summary>
    public float Beta1 { get; init; } = 0.9f;

    /// <summary>Adam's decay of the second moment.</summary>
    public float Beta2 { get; init; } = 0.98f;

    /// <summary>Added to the root of Adam's second moment.</summary>
    public float AdamEpsilon { get; init; } = 1e-9f;

    /// <summary>Decoupled weight decay; 0 for plain Adam.</summary>
    public float WeightDecay { get; init; }

    /// <summary>Whether weight decay shrinks biases and the gains of norms too, and not only matrices.</summary>
    public bool DecayVectors { get; init; } = true;

    /// <summary>Gradients longer than this are shortened to it; 0 for no clipping.</summary>
    public float ClipNorm { get; init; } = 1f;

    /// <summary>The share of probability that the targets spread over the whole vocabulary.</summary>
    public float LabelSmoothing { get; init; } = 0.1f;

    /// <summary>Steps between two validations.</summary>
    public int ValidateEvery { get; init; } = 500;

    /// <summary>Steps between two lines of the log.</summary>
    public int LogEvery { get; init; } = 50;

    /// <summary>The run ends after this many validations without improvement; 0 never ends it so.</summary>
    public int Patience { get; init; } = 10;

    /// <summary>How many of the best checkpoints are kept.</summary>
    public int KeepBest { get; init; } = 5;

    /// <summary>How many of the best checkpoints are averaged into the final model; 1 takes the best one.</summary>
    public int AverageBest { get; init; } = 5;

    /// <summary>Validation sentences that are translated, for BLEU and chrF; 0 validates by loss alone.</summary>
    public int ValidationTranslations { get; init; } = 500;

    /// <summary>Threads; null uses all processors. Results do not depend on it.</summary>
    public int? Threads { get; init; }

    /// <summary>The usual settings for language models on running text, those of nanoGPT.</summary>
    internal static TrainingSection ForText => new()
    {
        MaxSteps = 5000,
        BatchTokens = 8192,
        Schedule = ScheduleKind.Cosine,
        WarmupSteps = 100,
        Beta2 = 0.99f,
        AdamEpsilon = 1e-8f,
        WeightDecay = 0.1f,
        DecayVectors = false,
        LabelSmoothing = 0,
        ValidateEvery = 250,
        KeepBest = 1,
        AverageBest = 1,
    };

    /// <summary>How examples are put together into batches.</summary>
    internal BatchOptions Batching() => new() { MaxTokens = BatchTokens, MaxSequences = BatchSequences, Seed = Seed };

    /// <summary>Checks the section.</summary>
    /// <exception cref="ConfigException">A value is out of range.</exception>
    public void Validate()
    {
        Require(Seed <= long.MaxValue, "seed", Seed, $"from 0 to {long.MaxValue}"); // what YAML and JSON hold for sure
        Require(MaxSteps >= 1, "maxSteps", MaxSteps, "at least 1");
        Require(MaxEpochs is null or >= 1, "maxEpochs", MaxEpochs, "at least 1");
        Require(MaxMinutes is null or > 0, "maxMinutes", MaxMinutes, "positive");
        Require(BatchTokens >= 1, "batchTokens", BatchTokens, "at least 1");
        Require(BatchSequences is null or >= 1, "batchSequences", BatchSequences, "at least 1");
        Require(AccumulateBatches >= 1, "accumulateBatches", AccumulateBatches, "at least 1");
        Require(LearningRate > 0 && LearningRate < 10, "learningRate", LearningRate, "above 0 and below 10");
        Require(WarmupSteps >= 0, "warmupSteps", WarmupSteps, "at least 0");
        Require(MinLearningRate >= 0 && MinLearningRate <= LearningRate, "minLearningRate", MinLearningRate, "from 0 to learningRate");
        Require(DecaySteps is null or >= 1, "decaySteps", DecaySteps, "at least 1");
        Require(Beta1 is >= 0 and < 1, "beta1", Beta1, "in [0, 1)");
        Require(Beta2 is >= 0 and < 1, "beta2", Beta2, "in [0, 1)");
        Require(AdamEpsilon > 0, "adamEpsilon", AdamEpsilon, "above 0");
        Require(WeightDecay >= 0, "weightDecay", WeightDecay, "at least 0");
        Require(ClipNorm >= 0, "clipNorm", ClipNorm, "at least 0");
        Require(LabelSmoothing is >= 0 and < 1, "labelSmoothing", LabelSmoothing, "in [0, 1)");
        Require(ValidateEvery >= 1, "validateEvery", ValidateEvery, "at least 1");
        Require(LogEvery >= 1, "logEvery", LogEvery, "at least 1");
        Require(Patience >= 0, "patience", Patience, "at least 0");
        Require(KeepBest >= 1, "keepBest", KeepBest, "at least 1");
        Require(AverageBest >= 1 && AverageBest <= KeepBest, "averageBest", AverageBest, $"from 1 to keepBest ({KeepBest})");
        Require(ValidationTranslations >= 0, "validationTranslations", ValidationTranslations, "at least 0");
        Require(Threads is null or (>= 1 and <= 1024), "threads", Threads, "from 1 to 1024");
    }

    private static void Require(bool holds, string key, object? value, string range)
    {
        if (!holds)
        {
            throw new ConfigException(FormattableString.Invariant($"training.{key} is {value}; it must be {range}"));
        }
    }
}
