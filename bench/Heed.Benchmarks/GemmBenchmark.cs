using System.Diagnostics;
using System.Text.Json.Nodes;
using Heed.Tensors;
using Heed.Tensors.Devices;
using Heed.Tensors.Memory;
using Heed.Tensors.Random;

namespace Heed.Benchmarks;

/// <summary>float32 matrix products Y[M, N] = X[M, K] W[N, K]^T at Transformer shapes, the shapes of the PyTorch peer.</summary>
internal static class GemmBenchmark
{
    private static readonly (int M, int K, int N)[] Shapes =
    [
        (1, 512, 512), (16, 512, 512), (128, 256, 256), (512, 256, 1024), (2048, 256, 1024), (2048, 1024, 256), (2048, 512, 512), (2048, 512, 2048),
        (2048, 2048, 512), (2048, 256, 8000), (1024, 768, 768), (1024, 768, 3072), (1024, 3072, 768), (256, 768, 50257), (1024, 1024, 1024), (2048, 2048, 2048),
    ];

    public static void Run(int threads)
    {
        CpuDevice device = CpuDevice.Create(threads);
        foreach ((int m, int k, int n) in Shapes)
        {
            Tensor x = RandomTensor(device, 1, m, k);
            Tensor weight = RandomTensor(device, 2, n, k).WithGradient();
            double best = Best(m, k, n, () => Ops.Linear(x, weight));
            Console.WriteLine(new JsonObject
            {
                ["engine"] = $"Heed ({device.Description})",
                ["threads"] = threads,
                ["M"] = m,
                ["K"] = k,
                ["N"] = n,
                ["gflops"] = Math.Round(2.0 * m * k * n / best / 1e9, 1),
            }.ToJsonString());
        }
    }

    private static double Best(int m, int k, int n, Func<Tensor> product)
    {
        int repetitions = (int)Math.Clamp(1e9 / (2.0 * m * k * n), 1, 2000);
        for (int i = 0; i < 30 + repetitions; i++)
        {
            Once(product);
        }

        double best = double.PositiveInfinity;
        for (int round = 0; round < 6; round++)
        {
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < repetitions; i++)
            {
                Once(product);
            }

            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds / repetitions);
        }

        return best;
    }

    private static void Once(Func<Tensor> product)
    {
        using TensorScope scope = TensorScope.Begin();
        product();
    }

    private static Tensor RandomTensor(Device device, ulong seed, params int[] shape)
    {
        var random = new SeededRandom(seed);
        Tensor tensor = Tensor.Uninitialized(new Shape(shape), device);
        foreach (ref float value in tensor.MutableValues())
        {
            value = (float)random.NextNormal();
        }

        return tensor;
    }
}
