using System.Text.Json.Nodes;
using Heed.Models.Seq2Seq;
using Heed.Nn.Optimizers;
using Heed.Tensors;
using Heed.Tensors.Autograd;
using Heed.Tensors.Devices;
using Heed.Tensors.Random;

namespace Heed.Benchmarks;

/// <summary>
/// Training tokens per second of the encoder-decoder Transformer over whole optimiser steps, on sentence pairs whose lengths are
/// drawn as the PyTorch peer draws them: normal with mean 15 and deviation 5, at least 4, batched by length.
/// </summary>
internal static class TrainBenchmark
{
    /// <summary>The tokens of a batch, padding included, unless asked otherwise.</summary>
    public const int BatchTokens = 4096;

    private const int WarmupSteps = 3;

    /// <summary>Measures some steps and prints a line.</summary>
    /// <param name="threads">How many threads compute.</param>
    /// <param name="preset">small, base or gpt2.</param>
    /// <param name="steps">The steps to measure.</param>
    /// <param name="batchTokens">The tokens of a batch; small batches make thousands of steps short. Not for gpt2.</param>
    public static void Run(int threads, string preset, int steps, int batchTokens)
    {
        if (preset == "gpt2")
        {
            Gpt2Benchmark.Run(threads, steps);
            return;
        }

        Device.Default = CpuDevice.Create(threads);
        TransformerConfig config = preset == "base" ? TransformerConfig.Base(8000) : TransformerConfig.Small(8000);
        config = config with { Dropout = 0.1f };
        var model = new TransformerModel(config, new SeededRandom(0));
        var optimizer = new Adam(model.NamedParameters(), learningRate: 1e-4f) { MaxGradientNorm = 1f };
        long tokens = 0;
        double started = 0;
        int step = 0;
        var memory = new StepMemory(steps);
        foreach (TokenBatch batch in Batches(config.VocabSize, batchTokens))
        {
            if (step == WarmupSteps)
            {
                (tokens, started) = (0, Timing.Now);
            }

            if (step == WarmupSteps + steps)
            {
                break;
            }

            memory.Begin(step++ - WarmupSteps);
            optimizer.ClearGradients();
            using (Tape tape = Tape.Begin())
            {
                tape.Backward(model.Loss(batch, 0.1f, new DropoutSource(0, (ulong)step)));
            }

            optimizer.Step();
            memory.End();
            tokens += batch.SourceIds.Length + batch.LabelIds.Length - batch.Count; // the peer does not count the target's extra token
        }

        double seconds = Timing.Now - started;
        Console.WriteLine(memory.AddTo(new JsonObject
        {
            ["engine"] = $"Heed ({Device.Default.Description})",
            ["preset"] = preset,
            ["threads"] = threads,
            ["params"] = model.ParameterCount,
            ["tokens_per_s"] = Math.Round(tokens / seconds, 1),
            ["s_per_step"] = Math.Round(seconds / steps, 4),
        }).ToJsonString());
    }

    // One epoch after another.
    private static IEnumerable<TokenBatch> Batches(int vocabSize, int batchTokens)
    {
        for (ulong epoch = 0; ; epoch++)
        {
            foreach (TokenBatch batch in Epoch(vocabSize, batchTokens, new SeededRandom(epoch)))
            {
                yield return batch;
            }
        }
    }

    private static IEnumerable<TokenBatch> Epoch(int vocabSize, int batchTokens, SeededRandom random)
    {
        (int Source, int Target)[] pairs = [.. Enumerable.Range(0, 20_000).Select(_ => (Length(random), Length(random))).Order()];
        var batches = new List<(int Source, int Target)[]>();
        var current = new List<(int Source, int Target)>();
        int longestSource = 0;
        int longestTarget = 0;
        foreach ((int source, int target) in pairs)
        {
            int s = Math.Max(longestSource, source);
            int t = Math.Max(longestTarget, target);
            if (current.Count > 0 && (s + t) * (current.Count + 1) > batchTokens)
            {
                batches.Add([.. current]);
                current.Clear();
                (s, t) = (source, target);
            }

            current.Add((source, target));
            (longestSource, longestTarget) = (s, t);
        }

        (int Source, int Target)[][] order = [.. batches];
        random.Shuffle<(int Source, int Target)[]>(order);
        return order.Select(batch => TokenBatch.Pack(
            [.. batch.Select(pair => Ids(random, pair.Source - 1, vocabSize))], [.. batch.Select(pair => Ids(random, pair.Target, vocabSize))], bosId: 1, eosId: 2));
    }

    private static int Length(SeededRandom random) => Math.Max(4, (int)(15 + (5 * random.NextNormal())));

    private static int[] Ids(SeededRandom random, int length, int vocabSize) => [.. Enumerable.Range(0, length).Select(_ => 4 + random.Next(vocabSize - 4))];
}
