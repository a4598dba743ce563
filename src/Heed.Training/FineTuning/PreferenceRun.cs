using Heed.Models;
using Heed.Models.Causal;
using Heed.Text.Metrics;
using Heed.Training.Configuration;
using Heed.Training.Data;
using Heed.Training.Data.Preflight;

namespace Heed.Training.FineTuning;

/// <summary>The run of a model that learns which of two answers is better: direct preference optimisation.</summary>
public sealed class PreferenceRun : TrainingRun
{
    private readonly TunedModel tuned;
    private readonly PreferenceCorpus corpus;

    private PreferenceRun(PreferenceRunConfig config, RunSetup setup, TunedModel tuned)
        : base(config, setup, tuned.Tokenizer, tuned.Trained)
    {
        Config = config;
        this.tuned = tuned;
        var batching = new BatchOptions { MaxTokens = config.Training.BatchTokens, MaxSequences = config.Training.BatchSequences, Seed = config.Training.Seed };
        corpus = Read(config.Data.Train, batching, setup);
        var objective = new PreferenceObjective(tuned.Model, tuned.Trained, config.Preference.Loss);
        Func<ValidationResult>? validate = config.Data.Validation is { } file
            ? new PreferenceValidator(objective, Read(file, batching, setup), batching, tuned.Tokenizer).Run
            : null;
        TrainOn(objective, new BatchSampler<PreferenceBatch>(corpus, batching), validate);
    }

    /// <inheritdoc/>
    public override PreferenceRunConfig Config { get; }

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

    internal static PreferenceRun Open(PreferenceRunConfig config, RunSetup setup) =>
        new(config, setup, TunedModel.Open(config, setup, () => JsonLine.Read(config.Data.Train).Select(line => line.Text("chosen"))));

    private protected override IReadOnlyList<MetricScore> Finish(IReadOnlyList<ModelCardEntry> training, IProgress<string>? status)
    {
        tuned.Save(Directory, Config, corpus.Count, training);
        return [];
    }

    // The model is still the one that the run began with: a checkpoint is loaded later.
    private PreferenceCorpus Read(string file, BatchOptions batching, RunSetup setup)
    {
        setup.Status?.Report("encoding the preferences");
        int longest = Config.Data.MaxTokens ?? Math.Min(Model.MaxLength, Config.Training.BatchTokens / 2);
        PreferenceCorpus read = PreferenceCorpus.Read(file, tuned.Encoder, longest, Config.Data.TooLong, setup.Cancellation);
        setup.Status?.Report($"scoring {2 * read.Count} answers with the model as it is");
        read.SetReference(tuned.Model, batching, setup.Cancellation);
        return read;
    }
}
