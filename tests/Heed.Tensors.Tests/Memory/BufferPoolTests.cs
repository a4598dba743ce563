using Heed.Tensors.Autograd;
using Heed.Tensors.Memory;
using Heed.Testing;

namespace Heed.Tensors.Tests.Memory;

using Ops = Heed.Tensors.Ops;

/// <summary>Counts the bytes of the whole process, and so runs while no other test does.</summary>
[CollectionDefinition(nameof(BufferPoolTests), DisableParallelization = true)]
[Collection(nameof(BufferPoolTests))]
public sealed class BufferPoolTests
{
    [Fact]
    public unsafe void Blocks_are_aligned_and_hold_what_was_asked_for()
    {
        foreach (int length in new[] { 0, 1, 15, 16, 17, 63, 64, 65, 71, 72, 73, 127, 128, 129, 1000, 1023, 1025, 65_537, 1_000_003 })
        {
            Tensor tensor = Tensor.Full(new Shape(length), length);
            Assert.Equal(0, (long)tensor.Pointer % BufferPool.Alignment);
            Assert.Equal(length, tensor.Values.Count(length));
            GC.KeepAlive(tensor);
        }
    }

    [Fact]
    public void Memory_given_back_is_handed_out_again()
    {
        BufferPool.Trim();
        Assert.Equal(0, BufferPool.BytesCached);
        long before = BufferPool.BytesInUse;
        using (TensorScope.Begin())
        {
            Tensor.Uninitialized(new Shape(100_000));
            Assert.InRange(BufferPool.BytesInUse - before, 400_000, 450_000);
        }

        Assert.Equal(before, BufferPool.BytesInUse);
        Assert.InRange(BufferPool.BytesCached, 400_000, 450_000);
        using (TensorScope.Begin())
        {
            Tensor.Uninitialized(new Shape(99_000));
            Assert.Equal(0, BufferPool.BytesCached);
        }

        BufferPool.Trim();
        Assert.Equal(0, BufferPool.BytesCached);
    }

    [Fact]
    public void A_block_that_nobody_asks_for_is_not_kept_for_ever()
    {
        BufferPool.Trim();
        BufferPool.Return(BufferPool.Rent(1_000_000));
        for (int i = 0; i < 300_000; i++)
        {
            BufferPool.Return(BufferPool.Rent(1000));
        }

        Assert.InRange(BufferPool.BytesCached, 4_000_000, 5_000_000); // nothing new was needed
        BufferPool.Return(BufferPool.Rent(5000));
        Assert.InRange(BufferPool.BytesCached, 24_000, 100_000);
        BufferPool.Trim();
    }

    [Fact]
    public void What_is_kept_or_made_outside_a_scope_belongs_to_the_collector()
    {
        long before = BufferPool.BytesInUse;
        Tensor outside = Tensor.Uninitialized(new Shape(1000));
        using (TensorScope.Begin())
        {
            Tensor.Uninitialized(new Shape(1000)).Keep().Keep();
        }

        Assert.Equal(before, BufferPool.BytesInUse);
        outside.Release();
        Assert.Equal(before, BufferPool.BytesInUse);
    }

    [Fact]
    public void Tensors_that_nobody_releases_do_not_pile_up()
    {
        BufferPool.Trim();
        for (int i = 0; i < 3000; i++)
        {
            Tensor.Full(new Shape(256 << 10), 1f); // a megabyte each
        }

        Assert.True(GC.GetTotalMemory(false) < 1L << 30, $"{GC.GetTotalMemory(false) >> 20} MiB are held");
    }

    [Fact]
    public void Training_steps_of_changing_sizes_need_no_more_memory_after_a_while()
    {
        Tensor[] weights = [.. Enumerable.Range(0, 4).Select(n => RandomTensor.Normal(n, new Shape(32, 32), 0.2f).WithGradient())];
        Tensor gain = Tensor.Full(new Shape(32), 1f).WithGradient();
        Tensor bias = Tensor.Zeros(new Shape(32)).WithGradient();
        BufferPool.Trim();
        long used = BufferPool.BytesInUse;
        long warm = 0;
        for (int step = 0; step < 400; step++)
        {
            Step(20 + (step * 37 % 60), weights, gain, bias);
            warm = step == 100 ? BufferPool.BytesCached : warm;
        }

        Assert.Equal(used, BufferPool.BytesInUse);
        Assert.Equal(warm, BufferPool.BytesCached);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Step(50, weights, gain, bias);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20_000);
    }

    private static void Step(int rows, Tensor[] weights, Tensor gain, Tensor bias)
    {
        using Tape tape = Tape.Begin();
        Tensor x = Tensor.Full(new Shape(rows, 32), 0.5f);
        foreach (Tensor weight in weights)
        {
            Tensor hidden = Ops.Dropout(Ops.Relu(Ops.Linear(x, weight, bias)), 0.1f, 7);
            x = Ops.LayerNorm(Ops.Add(x, hidden), gain, bias);
        }

        tape.Backward(Ops.Mean(Ops.CrossEntropy(x, new int[rows], 0.1f)));
        foreach (Tensor parameter in weights.Append(gain).Append(bias))
        {
            parameter.ClearGradient();
        }
    }
}
