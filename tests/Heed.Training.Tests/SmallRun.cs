using System.Runtime.InteropServices;
using System.Text.Json;
using Heed.Models.Seq2Seq;
using Heed.Nn;
using Heed.Nn.Optimizers;
using Heed.Nn.Schedules;
using Heed.Tensors;
using Heed.Tensors.Random;
using Heed.Training.Checkpoints;
using Heed.Training.Configuration;
using Heed.Training.Data;
using Heed.Training.Translating;

namespace Heed.Training.Tests;

/// <summary>A small model with every kind of dropout, its optimiser and its trainer, and all that the trainer tells.</summary>
internal sealed class SmallRun : TrainingObserver
{
    private const int VocabSize = 60;

    public SmallRun(TrainingSection settings, EncodedCorpus corpus, CheckpointStore? store = null, Func<ValidationResult>? validate = null, LearningRateSchedule? schedule = null, int dModel = 16, float dropout = 0.2f, Seq2SeqConfig? family = null)
    {
        Seq2SeqConfig config = family is not null ? family with { VocabSize = VocabSize } : new TransformerConfig
        {
            VocabSize = VocabSize,
            DModel = dModel,
            NumHeads = 2,
            DFeedForward = 2 * dModel,
            NumEncoderLayers = 1,
            NumDecoderLayers = 2,
            Dropout = dropout,
            AttentionDropout = dropout / 2,
            ActivationDropout = dropout / 2,
        };
        Model = config.CreateModel(new SeededRandom(settings.Seed));
        Optimizer = new Adam(Model.NamedParameters(), (float)settings.LearningRate, settings.Beta1, settings.Beta2, settings.AdamEpsilon) { MaxGradientNorm = 1 };
        var batches = new BatchSampler<TokenBatch>(corpus, new BatchOptions { MaxTokens = settings.BatchTokens, Seed = settings.Seed });
        Trainer = new Trainer<TokenBatch>(new Seq2SeqObjective(Model, settings.LabelSmoothing), Optimizer, schedule ?? new InverseSquareRootSchedule(settings.LearningRate, settings.WarmupSteps), settings, batches, store, validate);
        Trainer.Observe(this);
    }

    public Seq2SeqModel Model { get; }

    public Adam Optimizer { get; }

    public Trainer Trainer { get; }

    public List<StepResult> Steps { get; } = [];

    public List<LogEntry> Log { get; } = [];

    public List<int> Checkpoints { get; } = [];

    /// <summary>Called after each step.</summary>
    public Action<int>? AfterStep { get; set; }

    /// <summary>The log without what depends on the clock.</summary>
    public IEnumerable<string> TimelessLog => Log.Select(entry => JsonSerializer.Serialize(entry with { Seconds = null, TokensPerSecond = null }, TrainingJson.Default.LogEntry));

    /// <summary>Pairs of random ids below the vocabulary's size; the target is the source with every id moved by one.</summary>
    public static EncodedCorpus Corpus(int pairs, int seed, int maxLength = 12)
    {
        var random = new Random(seed);
        return EncodedCorpus.From(Enumerable.Range(0, pairs).Select(_ =>
        {
            int[] source = [.. Enumerable.Range(0, random.Next(1, maxLength + 1)).Select(_ => random.Next(4, VocabSize - 1))];
            return new EncodedPair(source, [.. source.Select(id => id + 1)]);
        }));
    }

    /// <summary>Validates a run's model by its loss on some pairs.</summary>
    public static Func<ValidationResult> LossOn(EncodedCorpus corpus, Func<Seq2SeqModel> model) =>
        () => new TranslationValidator(model(), sources => sources, [], corpus, new BatchOptions { MaxTokens = 200 }, translations: 0).Run();

    public override void OnStep(StepResult step)
    {
        Steps.Add(step);
        AfterStep?.Invoke(step.Step);
    }

    public override void OnLog(LogEntry entry) => Log.Add(entry);

    public override void OnCheckpoint(int step) => Checkpoints.Add(step);

    /// <summary>Continues from the latest checkpoint.</summary>
    public SmallRun Resume(CheckpointStore store)
    {
        Trainer.Restore(store.LoadLatest(Model, Optimizer) ?? throw new InvalidOperationException("there is no checkpoint"));
        return this;
    }

    /// <summary>The bits of all weights and of all that the optimiser remembers.</summary>
    public string Bits() => string.Join('\n', Model.NamedParameters().Concat(Optimizer.State()).Select(Describe));

    private static string Describe(NamedParameter parameter) =>
        $"{parameter.Name} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(MemoryMarshal.AsBytes(parameter.Tensor.Values)))}";
}
