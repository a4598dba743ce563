using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Nodes;

namespace Heed.Benchmarks;

/// <summary>
/// The table of <c>bench/side-by-side.sh</c>: for each work the median of every side, the least and the most, and the ratio of the
/// medians. A run is a line <c>{"round": 1, "row": "train small", "side": "Heed" or "peer", "line": what the program printed}</c>.
/// </summary>
internal static class SideBySideReport
{
    private const string Begin = "<!-- measured: begin -->";
    private const string End = "<!-- measured: end -->";

    private const string Picture = "![Operations per second of each kernel against operations per byte, with the lines of the memory and of the arithmetic units](roofline.svg)";

    private const string Peak = "fused multiply-adds in registers";

    // Peers that this machine cannot run, as measured on a machine of the same kind when it was quiet.
    private static readonly Dictionary<string, (string Peer, double Rate)> Published = new()
    {
        ["train gpt2"] = ("llm.c, quoted", 256 / 5.4),
        ["decode small, beam 4, batch 32"] = ("CTranslate2 float32, quoted", 3480),
        ["decode small, greedy, batch 1"] = ("CTranslate2 float32, quoted", 1815),
        ["decode base, beam 4, batch 32"] = ("CTranslate2 float32, quoted", 471),
        ["decode base, greedy, batch 1"] = ("CTranslate2 float32, quoted", 227),
    };

    private static readonly Dictionary<string, double> ToReach = new()
    {
        ["train small"] = 3,
        ["train base"] = 2.4,
        ["train gpt2"] = 5.4,
        ["decode small, beam 4, batch 32"] = 1,
        ["decode small, greedy, batch 1"] = 1,
        ["decode base, beam 4, batch 32"] = 1,
        ["decode base, greedy, batch 1"] = 1,
    };

    public static void Write(string runs, string? page, string? note)
    {
        Sample[] samples = [.. File.ReadLines(runs).Where(line => line.Length > 0).Select(Read)];
        string table = $"{Table(samples)}{(note is null ? "" : $"\n{note}\n")}\n{Commands(samples)}";
        if (page is null)
        {
            Console.WriteLine(table);
            return;
        }

        string text = File.ReadAllText(page);
        int begin = text.IndexOf(Begin, StringComparison.Ordinal);
        int end = text.IndexOf(End, StringComparison.Ordinal);
        if (begin < 0 || end < begin)
        {
            throw new InvalidDataException($"{page} does not hold the lines \"{Begin}\" and \"{End}\", between which the table belongs");
        }

        File.WriteAllText(page, $"{text[..(begin + Begin.Length)]}\n\n{table}\n{Picture}\n\n{text[end..]}");
    }

    private static Sample Read(string text)
    {
        JsonNode run = JsonNode.Parse(text)!;
        JsonNode line = run["line"]!;
        string row = (string)run["row"]!;
        bool isHeed = (string)run["side"]! == "Heed";
        string command = (string?)run["command"] ?? "";
        string engine = (string?)line["engine"] ?? (string?)line["peer"] ?? "";
        return row switch
        {
            "gemm" or "onnx" => new Sample($"{(row == "onnx" ? "ONNX " : "")}product {line["M"]} x {line["K"]} x {line["N"]}", "GFLOP/s", isHeed, engine, (double)line["gflops"]!) { Command = command },
            "attention" => new Sample($"attention {line["attention"]}, {line["tokens"]} tokens", "GFLOP/s", isHeed, engine, (double)line["gflops"]!) { Command = command, Remark = $"{line["scratch_mb"]} MB beside inputs and outputs" },
            "peaks" => new Sample(Peak, "GFLOP/s", isHeed, engine, (double)line["gflops"]!) { Command = command, Remark = $"memory {line["memory_gb_per_s"]} GB/s" },
            _ => new Sample(row, "tokens/s", isHeed, engine, (double)line["tokens_per_s"]!) { Command = command, Remark = line["s_per_step"] is { } seconds && isHeed ? $"{seconds} s a step" : null },
        };
    }

    private static string Table(Sample[] samples)
    {
        var text = new StringBuilder();
        text.AppendLine("| work | unit | Heed: median (least to most) | peer: median (least to most) | ratio | to reach |");
        text.AppendLine("|---|---|---|---|---|---|");
        var productRatios = new List<double>();
        double[] peaks = Sorted(samples.Where(sample => sample.Work == Peak));
        foreach (IGrouping<string, Sample> work in samples.GroupBy(sample => sample.Work))
        {
            double[] heed = Sorted(work.Where(sample => sample.IsHeed));
            double[] peer = Sorted(work.Where(sample => !sample.IsHeed));
            bool quoted = Published.TryGetValue(work.Key, out var published) && peer.Length == 0;
            double? peerRate = peer.Length > 0 ? Median(peer) : quoted ? published.Rate : null;
            double? ratio = heed.Length > 0 ? Median(heed) / peerRate : null;
            string compared = ratio is { } value ? Ratio(value) : "";
            if (ratio is not null && work.Key.StartsWith("product", StringComparison.Ordinal))
            {
                productRatios.Add(ratio.Value);
            }
            else if (work.Key.StartsWith("attention", StringComparison.Ordinal) && peaks.Length > 0 && heed.Length > 0)
            {
                compared = string.Create(CultureInfo.InvariantCulture, $"{100 * Median(heed) / Median(peaks):0} % of the peak");
            }

            string peerText = quoted ? $"{Number(published.Rate)} ({published.Peer})" : Spread(peer);
            string? remark = work.LastOrDefault(sample => sample.IsHeed)?.Remark;
            text.AppendLine(CultureInfo.InvariantCulture, $"| {work.Key}{(remark is null ? "" : $" ({remark})")} | {work.First().Unit} | {Spread(heed)} | {peerText} | {compared} | {Goal(work.Key)} |");
        }

        if (productRatios.Count > 0)
        {
            double mean = Math.Exp(productRatios.Average(Math.Log));
            text.AppendLine(CultureInfo.InvariantCulture, $"| geometric mean of the {productRatios.Count} products | | | | {Ratio(mean)} | 1x |");
        }

        int rounds = samples.Length == 0 ? 0 : samples.GroupBy(sample => (sample.Work, sample.IsHeed)).Max(group => group.Count());
        string[] engines = [.. samples.Select(sample => sample.Engine).Where(engine => engine.Length > 0).Distinct().Order(StringComparer.Ordinal)];
        text.AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"{rounds} rounds, the sides in turn. {Machine()}. {RuntimeInformation.FrameworkDescription}. Sides: {string.Join("; ", engines)}.");
        return text.ToString();
    }

    private static string Goal(string work) =>
        ToReach.TryGetValue(work, out double factor) ? $"{Number(factor)}x"
        : work == "product 1024 x 768 x 3072" ? "0.85x, 285"
        : work.StartsWith("product", StringComparison.Ordinal) ? "0.85x"
        : work.StartsWith("attention forward + backward", StringComparison.Ordinal) ? "60 % of the peak, 100 MB"
        : "";

    private static string Ratio(double value) => string.Create(CultureInfo.InvariantCulture, $"{value:0.00}x");

    private static string Commands(Sample[] samples)
    {
        string[] commands = [.. samples.Select(sample => sample.Command).Where(command => command.Length > 0).Distinct()];
        return commands.Length == 0 ? "" : $"```\n{string.Join('\n', commands)}\n```\n";
    }

    private static double[] Sorted(IEnumerable<Sample> samples) => [.. samples.Select(sample => sample.Rate).Order()];

    private static double Median(double[] sorted) => (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;

    private static string Spread(double[] sorted) => sorted.Length switch
    {
        0 => "",
        1 => Number(sorted[0]),
        _ => $"{Number(Median(sorted))} ({Number(sorted[0])} to {Number(sorted[^1])})",
    };

    private static string Number(double value) => value.ToString(value < 10 ? "0.##" : value < 1000 ? "0.#" : "#,0", CultureInfo.InvariantCulture);

    private static string Machine()
    {
        string model = File.Exists("/proc/cpuinfo")
            ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "unknown processor"
            : RuntimeInformation.ProcessArchitecture.ToString();
        return $"{model}, {Environment.ProcessorCount} processors, {RuntimeInformation.OSDescription}";
    }

    private sealed record Sample(string Work, string Unit, bool IsHeed, string Engine, double Rate)
    {
        public string Command { get; init; } = "";

        public string? Remark { get; init; }
    }
}
