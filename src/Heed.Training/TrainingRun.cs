using System.Globalization;
using Heed.Models;
using Heed.Models.Configuration;
using Heed.Models.Decoding;
using Heed.Models.Seq2Seq;
using Heed.Nn.Optimizers;
using Heed.Nn.Schedules;
using Heed.Tensors.Random;
using Heed.Text.Metrics;
using Heed.Text.Metrics.Bleu;
using Heed.Text.Metrics.ChrF;
using Heed.Text.Metrics.Significance;
using Heed.Text.Tokenizers;
using Heed.Training.Checkpoints;
using Heed.Training.Configuration;
using Heed.Training.Data;
using Heed.Training.Data.Preflight;
using Heed.Training.Translating;

namespace Heed.Training;

/// <summary>
/// A run from a configuration to a finished model folder: tokenizer, data, checks, training, averaging, scores.
/// What <c>heed train</c> does.
/// </summary>
public sealed class TrainingRun
{
    private readonly CheckpointStore store;
    private readonly IReadOnlyList<SentencePair> testPairs;
    private readonly BatchOptions batching;

    private TrainingRun(RunConfig config, RunDirectory directory, Tokenizer tokenizer, TrainingPairs pairs)
    {
        Config = config;
        Directory = directory;
        Tokenizer = tokenizer;
        Pairs = pairs;
        Model = config.Model.ToConfig(tokenizer.VocabSize).CreateModel(new SeededRandom(config.Training.Seed));
        Translator = new Translator(new LoadedModel(Path.GetFileName(directory.Path), Model, tokenizer, config.Decoding));
        Optimizer = CreateOptimizer(config.Training, Model);
        store = new CheckpointStore(directory.CheckpointsPath);
        testPairs = config.Data.Test is { } test ? [.. test.Open().Read()] : [];
        batching = Batching(config, tokenizer);
        Trainer = new Trainer<TokenBatch>(new Seq2SeqObjective(Model, config.Training.LabelSmoothing), Optimizer, CreateSchedule(config.Training), config.Training, pairs.Batches, store, CreateValidation());
        Trainer.Observe(new RunRecorder(directory));
    }

    /// <summary>What the run was told to do.</summary>
    public RunConfig Config { get; }

    /// <summary>The folder of the run.</summary>
    public RunDirectory Directory { get; }

    /// <summary>The tokenizer, trained on the training pairs or restored.</summary>
    public Tokenizer Tokenizer { get; }

    /// <summary>The training pairs.</summary>
    public TrainingPairs Pairs { get; }

    /// <summary>The model.</summary>
    public Seq2SeqModel Model { get; }

    /// <summary>Translates with <see cref="Model"/> as it is now.</summary>
    public Translator Translator { get; }

    /// <summary>The optimiser.</summary>
    public Optimizer Optimizer { get; }

    /// <summary>The loop.</summary>
    public Trainer Trainer { get; }

    /// <summary>Starts a new run: trains the tokenizer, encodes the data, makes the model.</summary>
    /// <param name="config">What to train, checked.</param>
    /// <param name="directory">Where; must not hold a run.</param>
    /// <param name="status">Is told what is being done.</param>
    /// <param name="cancellation">Stops the preparation.</param>
    /// <exception cref="IOException">A run is there already, or the data cannot be read.</exception>
    public static TrainingRun Start(RunConfig config, RunDirectory directory, IProgress<string>? status = null, CancellationToken cancellation = default)
    {
        if (directory.Exists)
        {
            throw new IOException($"{directory.Path} already holds a run; continue it with --resume, replace it with --force, or choose another folder with --out");
        }

        status?.Report("training the tokenizer");
        Tokenizer tokenizer = TokenizerTrainer.Train(config.Tokenizer, config.Data.Train.Open().Read().SelectMany(pair => new[] { pair.Source, pair.Target }), cancellationToken: cancellation);
        TrainingPairs pairs = Encode(config, tokenizer, status, cancellation);
        var run = new TrainingRun(config, directory, tokenizer, pairs);
        directory.Create();
        System.IO.Directory.CreateDirectory(directory.TokenizerPath);
        tokenizer.Save(directory.TokenizerPath);
        config.Save(directory.ConfigPath); // last: from here on the folder holds a run
        run.Trainer.Restore(new TrainingState { DataFingerprint = pairs.Fingerprint });
        return run;
    }

    /// <summary>Continues a run where its latest checkpoint left it.</summary>
    /// <param name="directory">The run's folder.</param>
    /// <param name="overrides">Settings to change from here on, as <c>section.key=value</c>; see <see cref="RunConfig.GuardResume"/>.</param>
    /// <param name="status">Is told what is being done.</param>
    /// <param name="cancellation">Stops the preparation.</param>
    /// <exception cref="InvalidDataException">The training data is not what the run began with.</exception>
    /// <exception cref="ConfigException">An override would change what the run has done so far.</exception>
    public static TrainingRun Resume(RunDirectory directory, IReadOnlyList<string>? overrides = null, IProgress<string>? status = null, CancellationToken cancellation = default)
    {
        RunConfig config = RunConfig.Load(directory.ConfigPath, overrides);
        RunConfig.Load(directory.ConfigPath).GuardResume(config);
        Tokenizer tokenizer = Tokenizer.Load(directory.TokenizerPath);
        TrainingPairs pairs = Encode(config, tokenizer, status, cancellation);
        var run = new TrainingRun(config, directory, tokenizer, pairs);
        TrainingState state = run.store.LoadLatest(run.Model, run.Optimizer) ?? new TrainingState { DataFingerprint = pairs.Fingerprint };
        if (state.DataFingerprint != pairs.Fingerprint)
        {
            throw new InvalidDataException($"the training data is not what the run in {directory.Path} began with; restore the files that {directory.ConfigPath} names, or start a new run");
        }

        config.Save(directory.ConfigPath);
        directory.Rewind(state.Step);
        run.Trainer.Restore(state);
        return run;
    }

    /// <summary>What to know before training, in plain words; the worst first.</summary>
    public IReadOnlyList<Finding> Preflight()
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

    /// <summary>Averages the best checkpoints, scores the model on the test pairs and writes the model folder.</summary>
    /// <param name="status">Is told what is being done.</param>
    /// <returns>The scores on the test pairs; empty without test pairs.</returns>
    public IReadOnlyList<MetricScore> Finish(IProgress<string>? status = null)
    {
        int[] best = [.. Trainer.State.Best.Take(Config.Training.AverageBest).Select(checkpoint => checkpoint.Step).Where(store.Steps().Contains)];
        if (best.Length > 0)
        {
            status?.Report($"averaging {best.Length} checkpoint{(best.Length == 1 ? string.Empty : "s")}");
            CheckpointAveraging.Average(store, best, Model);
        }

        IReadOnlyList<MetricScore> scores = [];
        if (testPairs.Count > 0)
        {
            status?.Report($"translating {testPairs.Count} test sentences");
            scores = ScoreTest();
        }

        ModelFolder.Save(Directory.ModelPath, Model, Tokenizer, Config.Decoding, Card(scores, best));
        return scores;
    }

    private static BatchOptions Batching(RunConfig config, Tokenizer tokenizer) =>
        new() { MaxTokens = config.Training.BatchTokens, Seed = config.Training.Seed, BosId = tokenizer.Special.BosId, EosId = tokenizer.Special.EosId };

    private static TrainingPairs Encode(RunConfig config, Tokenizer tokenizer, IProgress<string>? status, CancellationToken cancellation)
    {
        status?.Report("encoding the training pairs");
        var encoder = new CorpusEncoder(tokenizer.Encode, tokenizer.Encode, config.Data.Filter);
        ParallelText text = config.Data.Train.Open();
        return config.Data.Streaming
            ? TrainingPairs.Streamed(text, encoder, Batching(config, tokenizer), cancellation: cancellation)
            : TrainingPairs.InMemory(text, encoder, Batching(config, tokenizer), cancellation);
    }

    private static Optimizer CreateOptimizer(TrainingSection settings, Seq2SeqModel model)
    {
        float? largest = settings.ClipNorm == 0 ? null : settings.ClipNorm;
        return settings.WeightDecay > 0
            ? new AdamW(model.NamedParameters(), (float)settings.LearningRate, settings.Beta1, settings.Beta2, settings.AdamEpsilon, settings.WeightDecay) { MaxGradientNorm = largest }
            : new Adam(model.NamedParameters(), (float)settings.LearningRate, settings.Beta1, settings.Beta2, settings.AdamEpsilon) { MaxGradientNorm = largest };
    }

    private static LearningRateSchedule CreateSchedule(TrainingSection settings) => settings.Schedule switch
    {
        ScheduleKind.InverseSquareRoot => new InverseSquareRootSchedule(settings.LearningRate, settings.WarmupSteps),
        ScheduleKind.Cosine => new CosineSchedule(settings.LearningRate, settings.WarmupSteps, settings.MaxSteps),
        ScheduleKind.Constant => new ConstantSchedule((float)settings.LearningRate, settings.WarmupSteps),
        _ => throw new ConfigException($"training.schedule: unknown schedule {settings.Schedule}"),
    };

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

    private ModelCard Card(IReadOnlyList<MetricScore> scores, int[] averaged) => new()
    {
        Name = Path.GetFileName(Path.GetFullPath(Directory.Path)),
        Data = [new ModelCardData(Config.Data.Train.Open().Description, Pairs.Count)],
        Training =
        [
            new ModelCardEntry("steps", Trainer.State.Step.ToString(CultureInfo.InvariantCulture)),
            new ModelCardEntry("tokens", Trainer.State.Tokens.ToString(CultureInfo.InvariantCulture)),
            new ModelCardEntry("seed", Config.Training.Seed.ToString(CultureInfo.InvariantCulture)),
            new ModelCardEntry("weights averaged over steps", string.Join(", ", averaged.Order())),
        ],
        Scores = [.. scores.Select(score => new ModelCardScore(Config.Data.Test!.Open().Description, score, string.Create(CultureInfo.InvariantCulture, $"beam {Config.Decoding.BeamSize}, length penalty {Config.Decoding.LengthPenalty}")))],
    };

    /// <summary>Writes the log and the samples.</summary>
    private sealed class RunRecorder(RunDirectory directory) : TrainingObserver
    {
        public override void OnLog(LogEntry entry) => directory.Log(entry);

        public override void OnValidated(int step, ValidationResult result)
        {
            if (result.Samples.Count > 0)
            {
                directory.AppendSamples(step, result.Samples);
            }
        }
    }
}
