using System.Text.Json.Nodes;
using Heed.Tensors;
using Heed.Tensors.Devices;
using Heed.Tensors.Memory;

namespace Heed.Benchmarks;

/// <summary>float32 matrix products Y[M, N] = X[M, K] W[N, K]^T at Transformer shapes. W is a parameter, so it is packed once.</summary>
internal static class GemmBenchmark
{
    /// <summary>The shapes of the PyTorch peer.</summary>
    public static IReadOnlyList<(int M, int K, int N)> Shapes { get; } =
    [
        (1, 512, 512), (16, 512, 512), (128, 256, 256), (512, 256, 1024), (2048, 256, 1024), (2048, 1024, 256), (2048, 512, 512), (2048, 512, 2048),
        (2048, 2048, 512), (2048, 256, 8000), (1024, 768, 768), (1024, 768, 3072), (1024, 3072, 768), (256, 768, 50257), (1024, 1024, 1024), (2048, 2048, 2048),
    ];

    public static IEnumerable<JsonObject> Measure(int threads, IEnumerable<(int M, int K, int N)> shapes)
    {
        CpuDevice device = CpuDevice.Create(threads);
        foreach ((int m, int k, int n) in shapes)
        {
            Tensor x = RandomTensor.Normal(device, 1, m, k);
            Tensor weight = RandomTensor.Normal(device, 2, n, k).WithGradient();
            double seconds = Timing.Best(() => Product(x, weight), seconds: 0.3);
            yield return new JsonObject
            {
                ["engine"] = $"Heed ({device.Description})",
                ["threads"] = threads,
                ["M"] = m,
                ["K"] = k,
                ["N"] = n,
                ["gflops"] = Math.Round(2.0 * m * k * n / seconds / 1e9, 1),
            };
        }
    }

    /// <summary>Reads "1024x768x3072,16x512x512".</summary>
    public static IReadOnlyList<(int M, int K, int N)>? Parse(string shapes)
    {
        var parsed = new List<(int M, int K, int N)>();
        foreach (string shape in shapes.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            string[] sizes = shape.Split('x');
            if (sizes.Length != 3 || !int.TryParse(sizes[0], out int m) || !int.TryParse(sizes[1], out int k) || !int.TryParse(sizes[2], out int n) || Math.Min(m, Math.Min(k, n)) < 1)
            {
                return null;
            }

            parsed.Add((m, k, n));
        }

        return parsed;
    }

    private static void Product(Tensor x, Tensor weight)
    {
        using TensorScope scope = TensorScope.Begin();
        Ops.Linear(x, weight);
    }
}
