using Heed.Models;
using Heed.Models.Pretrained;
using Heed.Text.Metrics;
using Heed.Training.Configuration;
using Heed.Training.Data.Preflight;
using Heed.Training.Data.Texts;

namespace Heed.Training.LanguageModels;

/// <summary>A run on running text: a model learns from windows of it, and is scored on text that was kept from it.</summary>
public abstract class TextRun : TrainingRun
{
    private readonly PretrainedModel pretrained;

    /// <summary>Begins a run.</summary>
    /// <param name="config">What is asked for.</param>
    /// <param name="parts">What it is made of.</param>
    /// <param name="windowLength">The tokens of a window, without those that are put around it.</param>
    private protected TextRun(TextRunConfig config, TextRunParts parts, int windowLength)
        : base(config, parts.Setup, parts.Tokenizer, parts.Pretrained.Model)
    {
        pretrained = parts.Pretrained;
        Data = parts.Data;
        Windows = new WindowOptions(windowLength, config.SequencesPerBatch(), config.Training.Seed);
    }

    /// <inheritdoc/>
    public abstract override TextRunConfig Config { get; }

    /// <inheritdoc/>
    public sealed override string DataDescription => $"{Data.Train.Count} tokens of {Data.Description} in windows of {Windows.Length}{(Data.Validation is { } held ? $", {held.Count} to validate on" : string.Empty)}";

    /// <inheritdoc/>
    public override long TokensPerEpoch => Data.Train.Count;

    /// <inheritdoc/>
    public sealed override ulong DataFingerprint => Data.Train.Fingerprint;

    /// <summary>The text as tokens.</summary>
    private protected TextData Data { get; }

    /// <summary>The windows and the batches.</summary>
    private protected WindowOptions Windows { get; }

    /// <summary>What the finished model is for.</summary>
    private protected abstract ModelUse Use { get; }

    /// <inheritdoc/>
    public sealed override IReadOnlyList<Finding> Preflight() => [.. PlanChecks.Run(TokensPerEpoch, Tokenizer.VocabSize, new TrainingPlan
    {
        BatchTokens = Windows.Length * Windows.Sequences,
        AccumulateBatches = Config.Training.AccumulateBatches,
        Steps = Config.Training.MaxSteps,
        PeakLearningRate = Config.Model.From is null ? Config.Training.LearningRate : null, // what is usual for a new model is not for one that is there
        WarmupSteps = Config.Training.WarmupSteps,
        ParameterCount = Module.ParameterCount,
    }).OrderByDescending(finding => finding.Severity)];

    /// <summary>Says what is trained on which windows; a constructor's last act.</summary>
    private protected void TrainOnWindows<TBatch>(Objective<TBatch> objective, WindowBatcher<TBatch> batcher, Func<TokensInMemory, ValidationResult> validate) => TrainOn(
        objective,
        Config.Data.Windows == WindowKind.Random ? new RandomWindows<TBatch>((TokensInMemory)Data.Train, batcher, Windows) : new PackedWindows<TBatch>(Data.Train, batcher, Windows),
        Data.Validation is { } held ? () => validate(held) : null);

    /// <summary>Scores the finished model on a text.</summary>
    private protected abstract PerplexityScore Score(TokensInMemory text);

    private protected sealed override IReadOnlyList<MetricScore> Finish(IReadOnlyList<ModelCardEntry> training, IProgress<string>? status)
    {
        MetricScore[] scores = [];
        string name = Data.Test is null ? "validation" : "test";
        if ((Data.Test ?? Data.Validation) is { } text)
        {
            status?.Report($"scoring {text.Count} tokens");
            scores = [Score(text) with { Signature = $"text:{name}|tokens:{text.Count}|context:{Config.Data.Context}" }];
        }

        pretrained.SaveWith(Directory.ModelPath, Tokenizer, Use, new ModelCard
        {
            Name = Path.GetFileName(Path.GetFullPath(Directory.Path)),
            Data = [new ModelCardData(Data.Description, Data.Train.Count)],
            Training = training,
            Scores = [.. scores.Select(score => new ModelCardScore($"{name} text", score, string.Empty))],
        });
        return scores;
    }
}
