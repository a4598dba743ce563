using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Heed.Benchmarks;

/// <summary>All benchmarks, one command each. Every one prints JSON lines, as the peers' scripts do.</summary>
internal static class BenchmarkCommand
{
    private static readonly Option<string> Clock = new("--clock")
    {
        Description = "wall: the time that passes. processor: the processor time of this process, for comparing kernels on a busy machine; with one thread only.",
        DefaultValueFactory = _ => "wall",
        Recursive = true,
    };

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static int Run(string[] args)
    {
        Clock.AcceptOnlyFromAmong("wall", "processor");
        RootCommand root = new("Measures Heed's CPU engine. Every command prints one JSON line for each measurement.")
        {
            Gemm(), Attention(), Train(), Decode(), Kernels(), Scaling(), Roofline(), Report(), Clock,
        };
        ParseResult parsed = root.Parse(args);
        Timing.CountProcessorTime = parsed.GetValue(Clock) == "processor";
        return parsed.Invoke();
    }

    private static Command Gemm()
    {
        Option<int> threads = Threads();
        var shapes = new Option<string>("--shapes") { Description = "The products, as MxKxN,MxKxN,...; those of torch_gemm.py when omitted.", HelpName = "SHAPES" };
        shapes.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && GemmBenchmark.Parse(text) is null)
            {
                result.AddError($"--shapes takes products such as 1024x768x3072,16x512x512, not \"{text}\"");
            }
        });
        var command = new Command("gemm", "Matrix products Y[M,N] = X[M,K] W[N,K]^T at Transformer shapes: GFLOP/s, the best of several. Peer: torch_gemm.py.") { threads, shapes };
        command.SetAction(parsed => Print(GemmBenchmark.Measure(parsed.GetValue(threads), parsed.GetValue(shapes) is { } text ? GemmBenchmark.Parse(text)! : GemmBenchmark.Shapes)));
        return command;
    }

    private static Command Attention()
    {
        Option<int> threads = Threads();
        Option<int> tokens = Number("--tokens", "The length of the sequence.", 8192);
        Option<int> heads = Number("--heads", "The number of heads.", 8);
        Option<int> headDim = Number("--head-dim", "The width of a head.", 64);
        var command = new Command("attention", "Causal self-attention forward and backward: GFLOP/s, and the memory beside inputs and outputs.") { threads, tokens, heads, headDim };
        command.SetAction(parsed => Print(AttentionBenchmark.Measure(parsed.GetValue(threads), parsed.GetValue(tokens), parsed.GetValue(heads), parsed.GetValue(headDim))));
        return command;
    }

    private static Command Train()
    {
        Option<int> threads = Threads();
        Argument<string> preset = Preset("small", "base", "gpt2");
        Option<int> steps = Number("--steps", "Optimiser steps that are measured.", 20);
        Option<int> batchTokens = Number("--batch-tokens", "Tokens of a batch, of source and target with padding; not for gpt2. With few of them thousands of steps are short.", TrainBenchmark.BatchTokens, least: 64);
        var command = new Command("train", "Whole optimiser steps: tokens/s. Peers: torch_seq2seq_train.py, and llm.c for gpt2.") { preset, threads, steps, batchTokens };
        command.SetAction(parsed => TrainBenchmark.Run(parsed.GetValue(threads), parsed.GetValue(preset)!, parsed.GetValue(steps), parsed.GetValue(batchTokens)));
        return command;
    }

    private static Command Decode()
    {
        Option<int> threads = Threads();
        Argument<string> preset = Preset("small", "base");
        Option<int> beam = Number("--beam", "Hypotheses followed for each sentence; 1 is greedy search.", 4);
        Option<int> batch = Number("--batch", "Sentences to decode.", 32);
        Option<int> tokens = Number("--tokens", "The length of every source and every output.", 25, least: 2);
        Option<int> seconds = Number("--seconds", "How long to repeat the search.", 3);
        var command = new Command("decode", "Search with random weights and outputs of a fixed length: tokens/s, encoder included. Peer: CTranslate2.") { preset, threads, beam, batch, tokens, seconds };
        command.SetAction(parsed => Print(
        [
            new DecodeBenchmark
            {
                Threads = parsed.GetValue(threads),
                Preset = parsed.GetValue(preset)!,
                Beam = parsed.GetValue(beam),
                Batch = parsed.GetValue(batch),
                Tokens = parsed.GetValue(tokens),
                Seconds = parsed.GetValue(seconds),
            }.Measure(),
        ]));
        return command;
    }

    private static Command Kernels()
    {
        Option<int> threads = Threads();
        var command = new Command("kernels", "The kernels beside the matrix product, at the sizes of a training step: microseconds, GB/s and GFLOP/s.") { threads };
        command.SetAction(parsed => Print(KernelBenchmark.Measure(parsed.GetValue(threads))));
        return command;
    }

    private static Command Scaling()
    {
        Option<int> threads = Number("--threads", "The largest number of threads.", Environment.ProcessorCount);
        var command = new Command("scaling", "Products, attention and decoding on 1, 2, 4, ... threads.") { threads };
        command.SetAction(parsed => Print(ScalingBenchmark.Measure(parsed.GetValue(threads))));
        return command;
    }

    private static Command Roofline()
    {
        Option<int> threads = Threads();
        var output = new Option<string?>("--out") { Description = "The picture to write; none when omitted.", HelpName = "FILE.svg" };
        var peaksOnly = new Option<bool>("--peaks") { Description = "Measure the machine's peaks and nothing else." };
        var command = new Command("roofline", "Measures the machine's peaks and every kernel against them, and draws the picture.") { threads, output, peaksOnly };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(peaksOnly))
            {
                Print([MachinePeaks.Measure(parsed.GetValue(threads)).ToJson()]);
                return;
            }

            var picture = new RooflinePicture();
            Print(RooflineBenchmark.Measure(parsed.GetValue(threads), picture));
            if (parsed.GetValue(output) is { } path)
            {
                File.WriteAllText(path, picture.ToSvg());
            }
        });
        return command;
    }

    private static Command Report()
    {
        var runs = new Argument<string>("RUNS") { Description = "The lines that side-by-side.sh gathered." };
        var page = new Option<string?>("--page") { Description = "The Markdown page whose table is replaced; standard output when omitted.", HelpName = "FILE.md" };
        var note = new Option<string?>("--note") { Description = "A line below the table: the date and what was measured.", HelpName = "TEXT" };
        var command = new Command("report", "Makes the table of side-by-side.sh: medians, spread and ratios.") { runs, page, note };
        command.SetAction(parsed => SideBySideReport.Write(parsed.GetValue(runs)!, parsed.GetValue(page), parsed.GetValue(note)));
        return command;
    }

    private static void Print(IEnumerable<JsonObject> lines)
    {
        foreach (JsonObject line in lines)
        {
            Console.WriteLine(line.ToJsonString(Readable));
        }
    }

    private static Option<int> Threads() => Number("--threads", "How many threads compute.", Environment.ProcessorCount);

    private static Argument<string> Preset(params string[] names)
    {
        var argument = new Argument<string>("PRESET") { Description = "The size of the model.", DefaultValueFactory = _ => names[0] };
        argument.AcceptOnlyFromAmong(names);
        return argument;
    }

    private static Option<int> Number(string name, string description, int otherwise, int least = 1)
    {
        var option = new Option<int>(name) { Description = description, HelpName = "N", DefaultValueFactory = _ => otherwise };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && (!int.TryParse(text, out int value) || value < least))
            {
                result.AddError($"{name} takes a whole number of at least {least}, not \"{text}\"");
            }
        });
        return option;
    }
}
