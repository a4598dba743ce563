using Heed.Models;
using Heed.Models.Decoding;
using Heed.Models.Seq2Seq;
using Heed.Tensors.Random;
using Heed.Text.Metrics;
using Heed.Text.Metrics.Bleu;
using Heed.Text.Metrics.ChrF;
using Heed.Text.Metrics.Significance;
using Heed.Text.Tokenizers;
using Heed.Training.Configuration;
using Heed.Training.Data;
using Heed.Training.Data.Preflight;

namespace Heed.Training.Translating;

/// <summary>The run of a translator: an encoder-decoder learns from sentence pairs, and is scored by its translations.</summary>
public sealed class TranslationRun : TrainingRun
{
    private readonly IReadOnlyList<SentencePair> testPairs;
    private readonly BatchOptions batching;

    internal TranslationRun(TranslationRunConfig config, RunSetup setup)
        : this(config, setup, setup.TokenizerOf(() => TrainTokenizer(config, setup)))
    {
    }

    private TranslationRun(TranslationRunConfig config, RunSetup setup, Tokenizer tokenizer)
        : this(config, setup, tokenizer, Encode(config, tokenizer, setup), config.Model.ToConfig(tokenizer.VocabSize).CreateModel(new SeededRandom(config.Training.Seed)))
    {
    }

    private TranslationRun(TranslationRunConfig config, RunSetup setup, Tokenizer tokenizer, TrainingPairs pairs, Seq2SeqModel model)
        : base(config, setup, tokenizer, model)
    {
        Config = config;
        Pairs = pairs;
        Model = model;
        Translator = new Translator(new LoadedModel(Path.GetFileName(setup.Directory.Path), model, tokenizer, config.Decoding));
        testPairs = config.Data.Test is { } test ? [.. test.Open().Read()] : [];
        batching = Batching(config, tokenizer);
        TrainOn(new Seq2SeqObjective(model, config.Training.LabelSmoothing), pairs.Batches, CreateValidation());
    }

    /// <inheritdoc/>
    public override TranslationRunConfig Config { get; }

    /// <summary>The training pairs.</summary>
    public TrainingPairs Pairs { get; }

    /// <summary>The model.</summary>
    public Seq2SeqModel Model { get; }

    /// <summary>Translates with <see cref="Model"/> as it is now.</summary>
    public Translator Translator { get; }

    /// <inheritdoc/>
    public override string DataDescription => $"{Pairs.Count} pairs, {Pairs.TokenCount} tokens ({Pairs.Report})";

    /// <inheritdoc/>
    public override long TokensPerEpoch => Pairs.TokenCount + (2 * Pairs.Count); // each side has one token more

    /// <inheritdoc/>
    public override ulong DataFingerprint => Pairs.Fingerprint;

    /// <inheritdoc/>
    public override IReadOnlyList<Finding> Preflight()
    {
        CorpusStatistics statistics = CorpusStatistics.Collect(Config.Data.Train.Open().Read(), Tokenizer, Tokenizer, Config.Data.Filter);
        Seq2SeqConfig sizes = Model.Config;
        return PreflightCheck.Run(statistics, new TrainingPlan
        {
            BatchTokens = Config.Training.BatchTokens,
            AccumulateBatches = Config.Training.AccumulateBatches,
            Steps = Config.Training.MaxSteps,
            PeakLearningRate = Config.Training.LearningRate,
            WarmupSteps = Config.Training.WarmupSteps,
            ParameterCount = Model.ParameterCount,
            DModel = sizes.Width,
            NumLayers = sizes.NumLayers,
            AvailableMemory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
        });
    }

    private protected override IReadOnlyList<MetricScore> Finish(IReadOnlyList<ModelCardEntry> training, IProgress<string>? status)
    {
        IReadOnlyList<MetricScore> scores = [];
        if (testPairs.Count > 0)
        {
            status?.Report($"translating {testPairs.Count} test sentences");
            scores = ScoreTest();
        }

        ModelFolder.Save(Directory.ModelPath, Model, Tokenizer, Config.Decoding, Card(training, scores));
        return scores;
    }

    private static Tokenizer TrainTokenizer(TranslationRunConfig config, RunSetup setup)
    {
        setup.Status?.Report("training the tokenizer");
        return TokenizerTrainer.Train(config.Tokenizer, config.Data.Train.Open().Read().SelectMany(pair => new[] { pair.Source, pair.Target }), cancellationToken: setup.Cancellation);
    }

    private static BatchOptions Batching(TranslationRunConfig config, Tokenizer tokenizer) =>
        config.Training.Batching() with { BosId = tokenizer.Special.BosId, EosId = tokenizer.Special.EosId };

    private static TrainingPairs Encode(TranslationRunConfig config, Tokenizer tokenizer, RunSetup setup)
    {
        setup.Status?.Report("encoding the training pairs");
        var encoder = new CorpusEncoder(tokenizer.Encode, tokenizer.Encode, config.Data.Filter);
        ParallelText text = config.Data.Train.Open();
        return config.Data.Streaming
            ? TrainingPairs.Streamed(text, encoder, Batching(config, tokenizer), cancellation: setup.Cancellation)
            : TrainingPairs.InMemory(text, encoder, Batching(config, tokenizer), setup.Cancellation);
    }

    private Func<ValidationResult>? CreateValidation()
    {
        if (Config.Data.Validation is not { } section)
        {
            return null;
        }

        SentencePair[] pairs = [.. section.Open().Read()];
        var encoder = new CorpusEncoder(Tokenizer.Encode, Tokenizer.Encode, Config.Data.Filter);
        var report = new FilterReport(Config.Data.Filter);
        EncodedCorpus corpus = EncodedCorpus.From(encoder.Stream(pairs, report));
        if (corpus.Count == 0)
        {
            throw new InvalidDataException($"data.validation: no sentence pair of {section.Open().Description} is left to validate on: {report}; widen data.filter, give other validation pairs, or leave data.validation out");
        }

        return new TranslationValidator(Model, sources => Translate(sources, new DecodingOptions { BeamSize = 1 }), pairs, corpus, batching, Config.Training.ValidationTranslations).Run;
    }

    private MetricScore[] ScoreTest()
    {
        IReadOnlyList<string> hypotheses = Translate([.. testPairs.Select(pair => pair.Source)], Config.Decoding);
        IReadOnlyList<IReadOnlyList<string?>> references = [[.. testPairs.Select(pair => pair.Target)]];
        var bootstrap = new BootstrapResampling();
        return [.. new CorpusMetric[] { new BleuMetric(), new ChrFMetric() }.Select(metric => metric.Score(metric.Measure(hypotheses, references), bootstrap))];
    }

    private string[] Translate(IReadOnlyList<string> sources, DecodingOptions options) =>
        [.. Translator.Translate(sources, options).Select(translation => translation.Text)];

    private ModelCard Card(IReadOnlyList<ModelCardEntry> training, IReadOnlyList<MetricScore> scores) => new()
    {
        Name = Path.GetFileName(Path.GetFullPath(Directory.Path)),
        Data = [new ModelCardData(Config.Data.Train.Open().Description, Pairs.Count)],
        Training = training,
        Scores = [.. scores.Select(score => new ModelCardScore(Config.Data.Test!.Open().Description, score, FormattableString.Invariant($"beam {Config.Decoding.BeamSize}, length penalty {Config.Decoding.LengthPenalty}")))],
    };
}
