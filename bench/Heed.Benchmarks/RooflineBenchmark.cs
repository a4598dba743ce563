using System.Text.Json.Nodes;

namespace Heed.Benchmarks;

/// <summary>Every kernel's operations per second against its operations per byte, beside what the machine can do (Williams, Waterman and Patterson 2009).</summary>
/// <remarks>
/// Bytes are those that must move at least once: operands and results. A kernel whose data lie in a cache may therefore be above
/// the line of the memory.
/// </remarks>
internal static class RooflineBenchmark
{
    private static readonly (int M, int K, int N)[] Products = [(1, 512, 512), (16, 512, 512), (128, 256, 256), (2048, 256, 1024), (1024, 768, 3072)];

    private static readonly string[] RowKernels = ["add", "Gelu", "dropout", "softmax", "layer norm", "layer norm backward", "cross-entropy", "Adam", "gather rows"];

    public static IEnumerable<JsonObject> Measure(int threads, RooflinePicture picture)
    {
        picture.Peaks = MachinePeaks.Measure(threads);
        yield return picture.Peaks.ToJson();
        foreach (JsonObject line in GemmBenchmark.Measure(threads, Products))
        {
            (double m, double k, double n) = ((int)line["M"]!, (int)line["K"]!, (int)line["N"]!);
            double intensity = 2 * m * k * n / (sizeof(float) * ((m * k) + (k * n) + (m * n)));
            picture.Add($"product {m}×{k}×{n}", RooflineKind.Product, intensity, (double)line["gflops"]!);
            yield return line;
        }

        foreach (JsonObject line in AttentionBenchmark.Measure(threads, tokens: 4096, numHeads: 8, headDim: 64))
        {
            string pass = (string)line["attention"]!;
            if (pass is "forward" or "backward")
            {
                // A head reads and writes 4 matrices forward and 8 backward; see AttentionBenchmark for the operations.
                double intensity = pass == "forward" ? 2 * 4096.0 / (4 * sizeof(float)) : 5 * 4096.0 / (8 * sizeof(float));
                picture.Add($"attention {pass}", RooflineKind.Attention, intensity, (double)line["gflops"]!);
            }

            yield return line;
        }

        foreach ((string preset, int beam, int batch) in new[] { ("small", 1, 1), ("small", 4, 32), ("base", 1, 1) })
        {
            JsonObject line = new DecodeBenchmark { Threads = threads, Preset = preset, Beam = beam, Batch = batch, Tokens = 25, Seconds = 2 }.Measure();
            double operations = 2.0 * beam * (long)line["decoder_params"]!; // of one token
            picture.Add($"decode {preset}, {beam * batch} row{(beam * batch == 1 ? "" : "s")}", RooflineKind.Decoding, 2.0 * beam * batch / sizeof(float), operations * (double)line["tokens_per_s"]! / 1e9);
            yield return line;
        }

        foreach (JsonObject line in KernelBenchmark.Measure(threads))
        {
            string kernel = (string)line["kernel"]!;
            if (RowKernels.Contains(kernel))
            {
                picture.Add(kernel, RooflineKind.RowKernel, (double)line["flops_per_byte"]!, (double)line["gflops"]!);
            }

            yield return line;
        }
    }
}
