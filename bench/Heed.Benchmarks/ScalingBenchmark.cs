using System.Text.Json.Nodes;

namespace Heed.Benchmarks;

/// <summary>The same work on 1, 2, 4, ... threads, and how many times faster than on one.</summary>
internal static class ScalingBenchmark
{
    public static IEnumerable<JsonObject> Measure(int mostThreads)
    {
        var alone = new Dictionary<string, double>();
        foreach (int threads in ThreadCounts(mostThreads))
        {
            foreach ((string work, double rate) in Rates(threads))
            {
                alone.TryAdd(work, rate);
                yield return new JsonObject
                {
                    ["scaling"] = work,
                    ["threads"] = threads,
                    ["rate"] = rate,
                    ["speedup"] = Math.Round(rate / alone[work], 2),
                };
            }
        }
    }

    private static IEnumerable<(string Work, double Rate)> Rates(int threads)
    {
        foreach (JsonObject line in GemmBenchmark.Measure(threads, [(128, 256, 256), (1024, 768, 3072)]))
        {
            yield return ($"product {line["M"]}x{line["K"]}x{line["N"]}, GFLOP/s", (double)line["gflops"]!);
        }

        foreach (JsonObject line in AttentionBenchmark.Measure(threads, tokens: 2048, numHeads: 8, headDim: 64))
        {
            yield return ($"attention {line["attention"]}, GFLOP/s", (double)line["gflops"]!);
        }

        foreach ((int beam, int batch) in new[] { (4, 32), (1, 1) })
        {
            JsonObject line = new DecodeBenchmark { Threads = threads, Preset = "small", Beam = beam, Batch = batch, Tokens = 25, Seconds = 2 }.Measure();
            yield return ($"decode small, beam {beam}, batch {batch}, tokens/s", (double)line["tokens_per_s"]!);
        }
    }

    private static IEnumerable<int> ThreadCounts(int most)
    {
        for (int threads = 1; threads < most; threads *= 2)
        {
            yield return threads;
        }

        yield return most;
    }
}
