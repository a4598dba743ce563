using Heed.Models.Convolutional;
using Heed.Models.Recurrent;
using Heed.Models.Seq2Seq;
using Heed.Tensors.Devices;
using Heed.Testing;
using Heed.Training.Checkpoints;
using Heed.Training.Configuration;
using Heed.Training.Data;

namespace Heed.Training.Tests;

/// <summary>The promise of same bits: any number of threads, stopped and resumed anywhere.</summary>
[Collection(nameof(DefaultDevice))]
public sealed class SameBitsTests
{
    // Nothing divides anything else, so that logs, validations, epochs and steps come in every order.
    private static readonly TrainingSection Settings = new()
    {
        Seed = 11,
        BatchTokens = 100,
        AccumulateBatches = 3,
        LearningRate = 3e-3,
        WarmupSteps = 10,
        LogEvery = 3,
        ValidateEvery = 5,
        MaxSteps = 37,
        Patience = 0,
        KeepBest = 2,
        AverageBest = 1,
    };

    [Fact]
    public void One_two_and_three_threads_train_the_same_bits()
    {
        // Large enough that the kernels share out their work: 64 wide, 1500 tokens a batch.
        TrainingSection settings = Settings with { BatchTokens = 1500, MaxSteps = 4, AccumulateBatches = 2 };
        EncodedCorpus corpus = SmallRun.Corpus(400, seed: 5);
        string[] bits = [.. new[] { 1, 2, 3 }.Select(threads => DefaultDevice.With(CpuDevice.Create(threads), () =>
        {
            var run = new SmallRun(settings, corpus, dModel: 64);
            run.Trainer.Run();
            return run.Bits();
        }))];

        Assert.Equal(bits[0], bits[1]);
        Assert.Equal(bits[0], bits[2]);
    }

    public static TheoryData<Seq2SeqConfig> Families =>
    [
        new TransformerConfig { VocabSize = 1, DModel = 16, NumHeads = 2, DFeedForward = 32, NumEncoderLayers = 1, NumDecoderLayers = 2, Dropout = 0.2f, AttentionDropout = 0.1f, ActivationDropout = 0.1f },
        new RecurrentConfig { VocabSize = 1, EmbeddingSize = 12, HiddenSize = 16, NumEncoderLayers = 2, NumDecoderLayers = 2, Dropout = 0.2f },
        new ConvolutionalConfig { VocabSize = 1, EmbeddingSize = 12, HiddenSize = 16, NumEncoderLayers = 1, NumDecoderLayers = 2, Dropout = 0.2f },
    ];

    [Theory]
    [MemberData(nameof(Families))]
    public void A_run_stopped_anywhere_and_resumed_ends_with_the_bits_of_one_that_was_not(Seq2SeqConfig family)
    {
        int seed = RandomTensor.FreshSeed();
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}");
        var random = new Random(seed);
        EncodedCorpus corpus = SmallRun.Corpus(60, seed);
        EncodedCorpus validation = SmallRun.Corpus(10, seed + 1);
        using var folder = new TemporaryFolder();
        SmallRun whole = Start(new CheckpointStore(Directory.CreateDirectory(folder.File("whole")).FullName));
        Assert.Equal(StopReason.Finished, whole.Trainer.Run());
        Assert.True(whole.Trainer.State.Position.Epoch >= 2, "the run should see several epochs");

        var store = new CheckpointStore(Directory.CreateDirectory(folder.File("stopped")).FullName);
        int[] stops = [.. Enumerable.Range(0, 4).Select(_ => random.Next(1, Settings.MaxSteps)).Distinct().Order()];
        SmallRun run = Start(store);
        var log = new List<string>();
        foreach (int stop in stops)
        {
            using var cancellation = new CancellationTokenSource();
            run.AfterStep = step => (step == stop ? cancellation : null)?.Cancel();
            Assert.Equal(StopReason.Cancelled, run.Trainer.Run(cancellation.Token));
            log.AddRange(run.TimelessLog);
            run = Start(store).Resume(store);
        }

        Assert.Equal(StopReason.Finished, run.Trainer.Run());
        log.AddRange(run.TimelessLog);
        string what = $"seed {seed}, stopped after steps {string.Join(", ", stops)}";
        Assert.True(whole.Bits() == run.Bits(), $"{what}: weights or moments differ");
        Assert.True(whole.TimelessLog.SequenceEqual(log), $"{what}: the logs differ");
        Assert.Equal(whole.Trainer.State.Best, run.Trainer.State.Best);
        Assert.Equal(whole.Trainer.State.Position, run.Trainer.State.Position);

        SmallRun Start(CheckpointStore checkpoints)
        {
            SmallRun? made = null;
            return made = new SmallRun(Settings, corpus, checkpoints, SmallRun.LossOn(validation, () => made!.Model), family: family);
        }
    }

    [Fact]
    public void Another_seed_gives_other_bits()
    {
        EncodedCorpus corpus = SmallRun.Corpus(60, seed: 5);
        TrainingSection settings = Settings with { MaxSteps = 1 };
        var runs = new[] { settings, settings, settings with { Seed = 12 } }.Select(each =>
        {
            var run = new SmallRun(each, corpus);
            run.Trainer.Run();
            return run.Bits();
        }).ToArray();

        Assert.Equal(runs[0], runs[1]);
        Assert.NotEqual(runs[0], runs[2]);
    }
}
