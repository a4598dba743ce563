using Heed.Models;
using Heed.Models.Causal;
using Heed.Text.Metrics;
using Heed.Training.Configuration;
using Heed.Training.Data;
using Heed.Training.Data.Preflight;
using Heed.Training.LanguageModels;

namespace Heed.Training.FineTuning;

/// <summary>The run of a model that learns to answer: the loss is that of the answers alone.</summary>
public sealed class InstructionRun : TrainingRun
{
    private readonly TunedModel tuned;
    private readonly InstructionCorpus corpus;

    private InstructionRun(InstructionRunConfig config, RunSetup setup, TunedModel tuned)
        : base(config, setup, tuned.Tokenizer, tuned.Trained)
    {
        Config = config;
        this.tuned = tuned;
        var batching = new BatchOptions { MaxTokens = config.Training.BatchTokens, MaxSequences = config.Training.BatchSequences, Seed = config.Training.Seed };
        setup.Status?.Report("encoding the conversations");
        corpus = Read(config.Data.Train, setup);
        var objective = new LanguageModelObjective(tuned.Model, config.Training.LabelSmoothing, tuned.Trained);
        Func<ValidationResult>? validate = config.Data.Validation is { } file
            ? new InstructionValidator(tuned, Read(file, setup), batching, config.Answers).Run
            : null;
        TrainOn(objective, new BatchSampler<TextBatch>(corpus, batching), validate);
    }

    /// <inheritdoc/>
    public override InstructionRunConfig Config { get; }

    /// <summary>The model.</summary>
    public CausalLanguageModel Model => tuned.Model;

    /// <inheritdoc/>
    public override string DataDescription => $"{corpus.Description}, {corpus.TokenCount} tokens";

    /// <inheritdoc/>
    public override long TokensPerEpoch => corpus.TokenCount;

    /// <inheritdoc/>
    public override ulong DataFingerprint => corpus.Fingerprint;

    /// <inheritdoc/>
    public override IReadOnlyList<Finding> Preflight() => FineTuningPlan.Check(Config, Tokenizer, TokensPerEpoch);

    internal static InstructionRun Open(InstructionRunConfig config, RunSetup setup) =>
        new(config, setup, TunedModel.Open(config, setup, () => ConversationFile.Read(config.Data.Train).SelectMany(example => example.Messages).Select(message => message.Text)));

    private protected override IReadOnlyList<MetricScore> Finish(IReadOnlyList<ModelCardEntry> training, IProgress<string>? status)
    {
        tuned.Save(Directory, Config, corpus.Count, training);
        return [];
    }

    private InstructionCorpus Read(string file, RunSetup setup) =>
        InstructionCorpus.Read(file, tuned.Encoder, Config.Data.MaxTokens ?? Math.Min(Model.MaxLength, Config.Training.BatchTokens), Config.Data.TooLong, setup.Cancellation);
}
