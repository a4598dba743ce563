using Heed.Models.Causal;
using Heed.Models.Seq2Seq;
using Heed.Nn.Norms;
using Heed.Nn.Optimizers;
using Heed.Tensors;
using Heed.Tensors.Autograd;
using Heed.Tensors.Devices;
using Heed.Tensors.Memory;
using Heed.Tensors.Random;

namespace Heed.Models.Tests.Seq2Seq;

/// <summary>What a training step takes from the managed heap and the pool. Counts for the whole process, and so runs while no other test does.</summary>
[CollectionDefinition(nameof(TrainingMemoryTests), DisableParallelization = true)]
[Collection(nameof(TrainingMemoryTests))]
public sealed class TrainingMemoryTests
{
    private const int WarmupSteps = 24; // until the pool has blocks for every batch

    // The depth counts, not the width. A batch computes the positions of its tokens, 4 bytes each, once.
    [Theory]
    [InlineData(3, 28)] // small
    [InlineData(6, 46)] // base
    public void A_step_of_the_encoder_decoder_allocates_little_after_warm_up(int layers, int kilobytes) => OnOneThread(() =>
    {
        TransformerConfig config = TransformerConfig.Base(vocabSize: 300) with { DModel = 32, DFeedForward = 64, NumEncoderLayers = layers, NumDecoderLayers = layers };
        var model = new TransformerModel(config, new SeededRandom(1));
        var optimizer = new Adam(model.NamedParameters(), 1e-3f) { MaxGradientNorm = 1f };
        TokenBatch[] batches = Batches(sentences: 40, count: 3);
        AssertAllocates(kilobytes, step => Step(optimizer, () => model.Loss(batches[step % 3], 0.1f, new DropoutSource(3, (ulong)step))));
    });

    [Fact]
    public void A_step_of_GPT_2_allocates_little_after_warm_up() => OnOneThread(() =>
    {
        DecoderOnlyConfig config = new()
        {
            VocabSize = 300,
            DModel = 48,
            NumLayers = 12,
            NumHeads = 12,
            DFeedForward = 96,
            Activation = Activation.GeluTanh,
            Gated = false,
            InputBias = true,
            OutputBias = true,
            Norm = NormKind.LayerNorm,
            MaxLength = 64,
        };
        var model = new DecoderOnlyModel(config, new SeededRandom(1));
        var optimizer = new AdamW(model.NamedParameters(), 1e-3f) { MaxGradientNorm = 1f };
        int[] ids = [.. Enumerable.Range(0, 4 * 64).Select(i => i * 7 % 300)];
        var texts = Segments.Uniform(4, 64);
        AssertAllocates(36, _ => Step(optimizer, () => model.Loss(ids, texts)));
    });

    [Fact]
    public void Memory_stays_flat_over_a_thousand_steps() => OnOneThread(() =>
    {
        var config = new TransformerConfig { VocabSize = 50, DModel = 8, NumHeads = 2, DFeedForward = 16, NumEncoderLayers = 1, NumDecoderLayers = 1 };
        var model = new TransformerModel(config, new SeededRandom(2));
        var optimizer = new Adam(model.NamedParameters(), 1e-3f);
        TokenBatch[] batches = Batches(sentences: 4, count: 20);
        long settled = 0;
        for (int step = 0; step < 1000; step++)
        {
            Step(optimizer, () => model.Loss(batches[step % batches.Length], 0.1f, new DropoutSource(3, (ulong)step)));
            if (step == 100)
            {
                settled = BufferPool.BytesCached + BufferPool.BytesInUse;
            }
        }

        long grown = BufferPool.BytesCached + BufferPool.BytesInUse - settled;
        Assert.True(grown <= 0, $"the pool grew by {grown} bytes");
    });

    private static void AssertAllocates(int kilobytes, Action<int> step)
    {
        long largest = 0;
        for (int i = 0; i < WarmupSteps + 3; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            step(i);
            largest = i < WarmupSteps ? 0 : Math.Max(largest, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.True(largest < kilobytes * 1024, $"a step allocated {largest} bytes");
    }

    private static void Step(Optimizer optimizer, Func<Tensor> loss)
    {
        optimizer.ClearGradients();
        using (Tape tape = Tape.Begin())
        {
            tape.Backward(loss());
        }

        optimizer.Step();
    }

    private static TokenBatch[] Batches(int sentences, int count)
    {
        var random = new SeededRandom(4);
        int[][] Sentences() => [.. Enumerable.Range(0, sentences).Select(_ => Enumerable.Range(0, 5 + random.Next(20)).Select(_ => 3 + random.Next(40)).ToArray())];
        return [.. Enumerable.Range(0, count).Select(_ => TokenBatch.Pack(Sentences(), Sentences(), bosId: 1, eosId: 2))];
    }

    private static void OnOneThread(Action test)
    {
        Device before = Device.Default;
        Device.Default = CpuDevice.Create(1);
        try
        {
            test();
        }
        finally
        {
            Device.Default = before;
        }
    }
}
