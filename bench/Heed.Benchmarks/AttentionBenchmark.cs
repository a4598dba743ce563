using System.Text.Json.Nodes;
using Heed.Tensors;
using Heed.Tensors.Devices;
using Heed.Tensors.Memory;

namespace Heed.Benchmarks;

/// <summary>Causal self-attention over one long sequence, forward and backward, and the memory that it takes beside its inputs and outputs.</summary>
/// <remarks>
/// Counted are the products that causal attention needs, 2 forward and 5 backward (one recomputes the scores), each of
/// tokens^2 / 2 times headDim multiply-adds a head, as Dao 2023 (FlashAttention-2, section 4.1) counts them.
/// </remarks>
internal static class AttentionBenchmark
{
    private const int ForwardProducts = 2;
    private const int BackwardProducts = 5;

    public static IEnumerable<JsonObject> Measure(int threads, int tokens, int numHeads, int headDim)
    {
        CpuDevice device = CpuDevice.Create(threads);
        int width = numHeads * headDim;
        Tensor Matrix(ulong seed) => RandomTensor.Normal(device, seed, tokens, width);
        (Tensor query, Tensor key, Tensor value, Tensor upstream) = (Matrix(1), Matrix(2), Matrix(3), Matrix(4));
        (Tensor context, Tensor dQuery, Tensor dKey, Tensor dValue) = (Matrix(5), Matrix(6), Matrix(7), Matrix(8));
        Tensor logSumExp = Tensor.Zeros(new Shape(numHeads, tokens), device);
        Segments sequence = Segments.FromLengths(tokens);
        var settings = new AttentionSettings { NumHeads = numHeads, Queries = sequence, Keys = sequence, Causal = true };
        BufferPool.Trim();
        double forward = Timing.Best(() => device.Attention(query, key, value, settings, context, logSumExp, null));
        double backward = Timing.Best(() => device.AttentionBackward(query, key, value, settings, context, logSumExp, upstream, dQuery, dKey, dValue, null));
        double scratch = BufferPool.BytesCached; // kernels rent their scratch memory from the pool and give it back
        double product = 2.0 * numHeads * headDim * tokens * tokens / 2;
        yield return Line("forward", forward, ForwardProducts * product);
        yield return Line("backward", backward, BackwardProducts * product);
        yield return Line("forward + backward", forward + backward, (ForwardProducts + BackwardProducts) * product);

        JsonObject Line(string pass, double seconds, double operations) => new()
        {
            ["engine"] = $"Heed ({device.Description})",
            ["threads"] = threads,
            ["attention"] = pass,
            ["tokens"] = tokens,
            ["heads"] = numHeads,
            ["head_dim"] = headDim,
            ["ms"] = Math.Round(seconds * 1e3, 3),
            ["gflops"] = Math.Round(operations / seconds / 1e9, 1),
            ["scratch_mb"] = Math.Round(scratch / 1e6, 2),
        };
    }
}
