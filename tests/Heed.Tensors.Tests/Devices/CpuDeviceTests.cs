using System.Runtime.Intrinsics;
using Heed.Tensors.Devices;
using Heed.Tensors.Memory;
using Heed.Testing;

namespace Heed.Tensors.Tests.Devices;

/// <summary>The CPU device as a whole.</summary>
public sealed class CpuDeviceTests
{
    [Fact]
    public void Uses_the_widest_vectors_and_says_so()
    {
        int widest = Vector512.IsHardwareAccelerated ? 16 : Vector256.IsHardwareAccelerated ? 8 : Vector128.IsHardwareAccelerated ? 4 : 1;
        CpuDevice device = CpuDevice.Create(3);
        Assert.Equal(widest, device.VectorWidth);
        Assert.Equal(3, device.Team.Threads);
        Assert.Equal($"CPU, {widest * 32}-bit vectors, 3 threads", device.Description);
        Assert.Throws<ArgumentOutOfRangeException>(() => CpuDevice.Create(0));
    }

    [Fact]
    public void Without_a_number_of_threads_there_is_at_most_one_for_each_processor() =>
        Assert.InRange(CpuDevice.Create().Team.Threads, 1, Environment.ProcessorCount);

    [Fact]
    public void Models_on_several_threads_may_share_a_device()
    {
        CpuDevice device = CpuDevice.Create(2);
        Tensor x = RandomTensor.Normal(1, new Shape(90, 300));
        Tensor gain = RandomTensor.Normal(2, new Shape(300));
        float[] expected = Gradients(device, x, gain);
        var results = new float[4][];
        var threads = new Thread[results.Length];
        for (int i = 0; i < threads.Length; i++)
        {
            int own = i;
            threads[i] = new Thread(() =>
            {
                for (int round = 0; round < 30; round++)
                {
                    results[own] = Gradients(device, x, gain);
                }
            });
        }

        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        Assert.All(results, actual => TensorAssert.SameBits(expected, actual, "a thread's result"));
    }

    // Several kernels in a row, with scratch memory and sums over rows among them.
    private static float[] Gradients(CpuDevice device, Tensor x, Tensor gain)
    {
        using TensorScope scope = TensorScope.Begin();
        Tensor y = Tensor.Uninitialized(x.Shape);
        Tensor dx = Tensor.Uninitialized(x.Shape);
        Tensor dGain = Tensor.Zeros(gain.Shape);
        Tensor dBias = Tensor.Zeros(gain.Shape);
        Tensor mean = Tensor.Uninitialized(new Shape(x.Rows));
        Tensor inverse = Tensor.Uninitialized(new Shape(x.Rows));
        device.Softmax(x, y);
        device.LayerNorm(y, gain, gain, 1e-5f, y, mean, inverse);
        device.LayerNormBackward(x, gain, mean, inverse, y, dx, dGain, dBias);
        return [.. dx.ToArray(), .. dGain.ToArray(), .. dBias.ToArray(), (float)device.SumOfSquares(dx)];
    }
}
