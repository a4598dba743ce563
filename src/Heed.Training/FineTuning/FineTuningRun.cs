using Heed.Models;
using Heed.Models.Causal;
using Heed.Text.Metrics;
using Heed.Training.Configuration;
using Heed.Training.Data;
using Heed.Training.Data.Preflight;

namespace Heed.Training.FineTuning;

/// <summary>The run of a language model that learns from examples of what to answer, whole or by an adapter.</summary>
/// <typeparam name="TBatch">The kind of batch.</typeparam>
public abstract class FineTuningRun<TBatch> : TrainingRun
{
    private readonly TunedModel tuned;
    private readonly FineTuningCorpus<TBatch> corpus;

    private protected FineTuningRun(FineTuningRunConfig config, RunSetup setup, TunedModel tuned, FineTuningCorpus<TBatch> corpus)
        : base(config, setup, tuned.Tokenizer, tuned.Trained)
    {
        this.tuned = tuned;
        this.corpus = corpus;
    }

    /// <inheritdoc/>
    public abstract override FineTuningRunConfig Config { get; }

    /// <summary>The model.</summary>
    public CausalLanguageModel Model => tuned.Model;

    /// <inheritdoc/>
    public sealed override string DataDescription => $"{corpus.Description}, {corpus.TokenCount} tokens";

    /// <inheritdoc/>
    public sealed override long TokensPerEpoch => corpus.TokenCount;

    /// <inheritdoc/>
    public sealed override ulong DataFingerprint => corpus.Fingerprint;

    /// <inheritdoc/>
    public sealed override IReadOnlyList<Finding> Preflight() => FineTuningPlan.Check(Config, Tokenizer, TokensPerEpoch);

    /// <summary>Says how the examples are learned; a constructor's last act.</summary>
    private protected void TrainOnExamples(Objective<TBatch> objective, Func<ValidationResult>? validate) =>
        TrainOn(objective, new BatchSampler<TBatch>(corpus, Config.Training.Batching()), validate);

    private protected sealed override IReadOnlyList<MetricScore> Finish(IReadOnlyList<ModelCardEntry> training, IProgress<string>? status)
    {
        tuned.Save(Directory, Config, corpus.Count, training);
        return [];
    }
}
