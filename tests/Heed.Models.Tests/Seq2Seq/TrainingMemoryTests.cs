using Heed.Models.Seq2Seq;
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

    [Fact]
    public void A_step_of_the_small_model_allocates_less_than_64_kilobytes_after_warm_up() => OnOneThread(() =>
    {
        TransformerConfig config = TransformerConfig.Small(vocabSize: 300) with { DModel = 32, DFeedForward = 64 }; // the depth counts, not the width
        var model = new TransformerModel(config, new SeededRandom(1));
        var optimizer = new Adam(model.NamedParameters(), 1e-3f) { MaxGradientNorm = 1f };
        TokenBatch[] batches = Batches(sentences: 110, count: 3);
        long largest = 0;
        for (int step = 0; step < WarmupSteps + 3; step++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            Step(model, optimizer, batches[step % 3], (ulong)step);
            largest = step < WarmupSteps ? 0 : Math.Max(largest, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.True(largest < 64 * 1024, $"a step allocated {largest} bytes");
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
            Step(model, optimizer, batches[step % batches.Length], (ulong)step);
            if (step == 100)
            {
                settled = BufferPool.BytesCached + BufferPool.BytesInUse;
            }
        }

        long grown = BufferPool.BytesCached + BufferPool.BytesInUse - settled;
        Assert.True(grown <= 0, $"the pool grew by {grown} bytes");
    });

    private static void Step(TransformerModel model, Adam optimizer, TokenBatch batch, ulong step)
    {
        optimizer.ClearGradients();
        using (Tape tape = Tape.Begin())
        {
            tape.Backward(model.Loss(batch, 0.1f, new DropoutSource(3, step)));
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
