using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Heed.Cli.Terminal;
using Heed.Models;
using Heed.Models.Decoding;
using Heed.Text.IO;
using Heed.Text.Metrics;
using Heed.Text.Metrics.Bleu;
using Heed.Text.Metrics.Significance;
using Heed.Text.Metrics.Tokenization;

namespace Heed.Cli.Commands;

/// <summary><c>heed evaluate</c>: scores a file of translations, or a model on a file of source sentences.</summary>
internal static class EvaluateCommand
{
    public static Command Create()
    {
        var hypotheses = new Option<string?>("--hypotheses") { Description = "The translations to score, one a line.", HelpName = "FILE" };
        var references = new Option<string[]>("--references") { Description = "One or more files of reference translations, each with one a line.", HelpName = "FILES", Required = true, AllowMultipleArgumentsPerToken = true };
        var baseline = new Option<string?>("--baseline") { Description = "Another system's translations, to compare with by paired bootstrap.", HelpName = "FILE" };
        var metrics = new Option<string>("--metrics") { Description = $"Which metrics, divided by commas: {string.Join(", ", MetricCatalog.Names)}, rouge.", HelpName = "NAMES", DefaultValueFactory = _ => "bleu,chrf" };
        var tokenize = new Option<string>("--tokenize") { Description = $"How BLEU divides text into words: {string.Join(", ", BleuTokenizer.All)}.", HelpName = "NAME", DefaultValueFactory = _ => BleuTokenizer.Mteval13a.Name };
        var smooth = new Option<string>("--smooth") { Description = "How BLEU counts orders of n-grams without a match: exp, floor, add-k, none.", HelpName = "NAME", DefaultValueFactory = _ => BleuSmoothing.Exponential.Name };
        var lowercase = new Option<bool>("--lowercase") { Description = "Let BLEU and chrF compare lower-cased text; TER and ROUGE always do." };
        var resamples = NumberOption.Create("--bootstrap", "Resamples for the 95 % confidence interval; 0 for none.", 1000, 0, 1_000_000);
        var seed = NumberOption.Create<long>("--seed", "The seed of the resampling.", 12345, 0);
        var source = new Option<string?>("--source") { Description = "With --model: the sentences to translate, one a line.", HelpName = "FILE" };
        var model = new ModelOptions(required: false);
        var output = new Option<string?>("--out") { Description = "With --model: also write the translations to this file.", HelpName = "FILE" };
        Option<bool> json = CommonOptions.Json();
        var command = new Command("evaluate", "Score translations, from a file or of a model, with BLEU, chrF, TER or ROUGE as sacreBLEU computes them.") { hypotheses, references, baseline, metrics, tokenize, smooth, lowercase, resamples, seed, source, output, json };
        model.AddTo(command);
        command.SetAction(parsed =>
        {
            // Everything that can be wrong is read before the model translates, which may take long.
            var options = new MetricOptions { Tokenizer = BleuTokenizer.FromName(parsed.GetValue(tokenize)!), Smoothing = BleuSmoothing.FromName(parsed.GetValue(smooth)!), Lowercase = parsed.GetValue(lowercase) };
            CorpusMetric[] chosen = [.. parsed.GetValue(metrics)!.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).SelectMany(name => MetricCatalog.Create(name, options))];
            if (chosen.Length == 0)
            {
                throw new UsageException($"--metrics names no metric; there are {string.Join(", ", MetricCatalog.Names)}");
            }

            string path = Input(model.Folder(parsed), parsed.GetValue(hypotheses), parsed.GetValue(source));
            string[] lines = ReadLines(path);
            string[][] referenceLines = [.. parsed.GetValue(references)!.Select(name => ReadLines(name, lines.Length, path))];
            string[]? other = parsed.GetValue(baseline) is { } baselinePath ? ReadLines(baselinePath, lines.Length, path) : null;
            string? settings = null;
            if (model.Folder(parsed) is not null)
            {
                (lines, settings) = Translate(model, parsed, lines, parsed.GetValue(output));
            }

            int count = parsed.GetValue(resamples);
            BootstrapResampling? bootstrap = count == 0 ? null : new BootstrapResampling { Resamples = Math.Max(2, count), Seed = parsed.GetValue(seed) };
            Report(chosen, lines, referenceLines, bootstrap, other, settings, parsed.GetValue(json));
            return 0;
        });
        return command;
    }

    /// <summary>The file that is scored or translated.</summary>
    private static string Input(string? model, string? hypotheses, string? source) => (model, hypotheses, source) switch
    {
        (null, { } path, null) => path,
        ({ }, null, { } path) => path,
        _ => throw new UsageException("evaluate takes either --hypotheses FILE, or --model FOLDER with --source FILE"),
    };

    private static (string[] Lines, string Settings) Translate(ModelOptions model, ParseResult parsed, string[] sources, string? output)
    {
        if (output is not null)
        {
            OutputPath.RequireFile(output);
        }

        Translator translator = model.Load(parsed);
        DecodingOptions options = model.Decoding(parsed, translator.Options);
        using var cancellation = new Cancellation("stopping");
        using var bar = new ProgressLine("translating", sources.Length);
        var lines = new List<string>(sources.Length);
        foreach (Translation translation in translator.Translate(sources, options, progress: null, cancellation.Token))
        {
            lines.Add(translation.Text);
            bar.Report(lines.Count);
            if (translation.Warning is { } warning)
            {
                bar.Clear();
                Output.Warn(warning);
            }
        }

        if (output is not null)
        {
            AtomicFile.WriteAllText(output, string.Concat(lines.Select(line => line + "\n")));
        }

        return ([.. lines], ModelOptions.Describe(options));
    }

    private static void Report(CorpusMetric[] metrics, string[] lines, string[][] references, BootstrapResampling? bootstrap, string[]? baseline, string? settings, bool json)
    {
        var results = new JsonArray();
        foreach (CorpusMetric metric in metrics)
        {
            SegmentStatistics statistics = metric.Measure(lines, references);
            MetricScore score = metric.Score(statistics, bootstrap);
            PairedComparison? comparison = baseline is null ? null : PairedBootstrap.Compare(metric.Measure(baseline, references), statistics, bootstrap ?? new BootstrapResampling());
            if (json)
            {
                results.Add(ToJson(score, comparison, settings));
                continue;
            }

            Output.Score(score);
            if (comparison is not null)
            {
                Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  baseline:  {comparison.Baseline.Value:F2}, difference {comparison.Difference:+0.00;-0.00} {comparison.FormatPValue()}"));
            }

            Output.Warn(score.Warning);
        }

        if (json)
        {
            Output.Json(results);
        }
        else if (settings is not null)
        {
            Console.Out.WriteLine($"  decoding:  {settings}");
        }
    }

    private static JsonObject ToJson(MetricScore score, PairedComparison? comparison, string? settings)
    {
        var result = new JsonObject { ["name"] = score.Name, ["score"] = score.Value, ["signature"] = score.Signature, ["details"] = score.Details };
        if (score.Interval is { } interval)
        {
            result["intervalMean"] = interval.Mean;
            result["intervalHalfWidth"] = interval.HalfWidth;
        }

        if (comparison is not null)
        {
            result["baseline"] = comparison.Baseline.Value;
            result["pValue"] = comparison.PValue;
        }

        if (settings is not null)
        {
            result["decoding"] = settings;
        }

        return result;
    }

    private static string[] ReadLines(string path)
    {
        string[] lines = [.. TextLineReader.ReadLines(path)];
        return lines.Length > 0 ? lines : throw new InvalidDataException($"{path} has no lines; there is nothing to score");
    }

    private static string[] ReadLines(string path, int expected, string other)
    {
        string[] lines = [.. TextLineReader.ReadLines(path)];
        return lines.Length == expected
            ? lines
            : throw new InvalidDataException($"{path} has {lines.Length} lines, but {other} has {expected}; line n of one must belong to line n of the other");
    }
}
