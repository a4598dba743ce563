using System.Text.Json.Nodes;
using Heed.Models.Causal;
using Heed.Nn.Norms;
using Heed.Nn.Optimizers;
using Heed.Tensors;
using Heed.Tensors.Autograd;
using Heed.Tensors.Devices;
using Heed.Tensors.Random;

namespace Heed.Benchmarks;

/// <summary>
/// Seconds of an optimiser step of GPT-2 with 124 million parameters, on 4 texts of 64 tokens without dropout: what llm.c's
/// train_gpt2 measures.
/// </summary>
internal static class Gpt2Benchmark
{
    private const int Texts = 4;
    private const int Length = 64;
    private const int WarmupSteps = 3;

    // Radford et al. 2019, table 2, the smallest.
    private static readonly DecoderOnlyConfig Small = new()
    {
        VocabSize = 50257,
        DModel = 768,
        NumLayers = 12,
        NumHeads = 12,
        DFeedForward = 3072,
        Activation = Activation.GeluTanh,
        Gated = false,
        InputBias = true,
        OutputBias = true,
        Norm = NormKind.LayerNorm,
        MaxLength = 1024,
    };

    public static void Run(int threads, int steps)
    {
        Device.Default = CpuDevice.Create(threads);
        var random = new SeededRandom(0);
        var model = new DecoderOnlyModel(Small, random);
        var optimizer = new AdamW(model.NamedParameters(), learningRate: 1e-4f) { MaxGradientNorm = 1f };
        var texts = Segments.Uniform(Texts, Length);
        var seconds = new List<double>();
        var memory = new StepMemory(steps);
        for (int step = 0; step < WarmupSteps + steps; step++)
        {
            int[] ids = [.. Enumerable.Range(0, Texts * Length).Select(_ => random.Next(Small.VocabSize))];
            memory.Begin(step - WarmupSteps);
            double started = Timing.Now;
            optimizer.ClearGradients();
            using (Tape tape = Tape.Begin())
            {
                tape.Backward(model.Loss(ids, texts));
            }

            optimizer.Step();
            seconds.Add(Timing.Now - started);
            memory.End();
        }

        double[] measured = [.. seconds.Skip(WarmupSteps).Order()];
        Console.WriteLine(memory.AddTo(new JsonObject
        {
            ["engine"] = $"Heed ({Device.Default.Description})",
            ["preset"] = "gpt2",
            ["threads"] = threads,
            ["params"] = model.ParameterCount,
            ["s_per_step"] = Math.Round(measured[measured.Length / 2], 4),
            ["s_per_step_best"] = Math.Round(measured[0], 4),
            ["tokens_per_s"] = Math.Round(Texts * Length / measured[measured.Length / 2], 1),
        }).ToJsonString());
    }
}
