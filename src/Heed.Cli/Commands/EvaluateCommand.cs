using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Heed.Cli.Terminal;
using Heed.Models;
using Heed.Models.Decoding;
using Heed.Text.IO;
using Heed.Text.Metrics;
using Heed.Text.Metrics.Significance;

namespace Heed.Cli.Commands;

/// <summary><c>heed evaluate</c>: scores a file of translations, or a model on a file of source sentences.</summary>
internal static class EvaluateCommand
{
    public static Command Create()
    {
        var hypotheses = new Option<string?>("--hypotheses") { Description = "A file of translations, one a line." };
        var references = new Option<string[]>("--references") { Description = "One or more files of reference translations.", Required = true, AllowMultipleArgumentsPerToken = true };
        var baseline = new Option<string?>("--baseline") { Description = "Another system's translations, to compare with by paired bootstrap." };
        var metrics = new Option<string>("--metrics") { Description = $"Which metrics: {string.Join(", ", MetricCatalog.Names)}, rouge.", DefaultValueFactory = _ => "bleu,chrf" };
        var resamples = new Option<int>("--bootstrap") { Description = "Resamples for the 95 % interval; 0 for none.", DefaultValueFactory = _ => 1000 };
        var seed = new Option<long>("--seed") { Description = "The seed of the resampling.", DefaultValueFactory = _ => 12345 };
        var source = new Option<string?>("--source") { Description = "With --model: the sentences to translate." };
        var model = new ModelOptions(required: false);
        var output = new Option<string?>("--out") { Description = "With --model: also write the translations to this file." };
        Option<bool> json = CommonOptions.Json();
        var command = new Command("evaluate", "Score translations with sacreBLEU's metrics, its signatures and a confidence interval.") { hypotheses, references, baseline, metrics, resamples, seed, source, output, json };
        model.AddTo(command);
        command.SetAction(parsed =>
        {
            string[][] referenceLines = [.. parsed.GetValue(references)!.Select(ReadLines)];
            string? settings = null;
            string[] lines;
            if (model.Folder(parsed) is not null && parsed.GetValue(source) is { } sourcePath && parsed.GetValue(hypotheses) is null)
            {
                (lines, settings) = Translate(model, parsed, sourcePath, referenceLines[0].Length);
                if (parsed.GetValue(output) is { } path)
                {
                    AtomicFile.WriteAllText(path, string.Concat(lines.Select(line => line + "\n")));
                }
            }
            else if (parsed.GetValue(hypotheses) is { } hypothesesPath && model.Folder(parsed) is null)
            {
                lines = ReadLines(hypothesesPath);
            }
            else
            {
                throw new UsageException("evaluate takes either --hypotheses FILE, or --model FOLDER with --source FILE");
            }

            CheckCounts(parsed.GetValue(references)!, referenceLines, lines.Length);
            BootstrapResampling? bootstrap = parsed.GetValue(resamples) == 0 ? null : new BootstrapResampling { Resamples = parsed.GetValue(resamples), Seed = parsed.GetValue(seed) };
            CorpusMetric[] chosen = [.. parsed.GetValue(metrics)!.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).SelectMany(MetricCatalog.Create)];
            string[]? other = parsed.GetValue(baseline) is { } baselinePath ? ReadLines(baselinePath) : null;
            Report(chosen, lines, referenceLines, bootstrap, other, settings, parsed.GetValue(json));
            return 0;
        });
        return command;
    }

    private static (string[] Lines, string Settings) Translate(ModelOptions model, ParseResult parsed, string sourcePath, int expected)
    {
        string[] sources = ReadLines(sourcePath);
        if (sources.Length != expected)
        {
            throw new InvalidDataException($"{sourcePath} has {sources.Length} lines, the references have {expected}");
        }

        Translator translator = model.Load(parsed);
        DecodingOptions options = model.Decoding(parsed, translator.Options);
        using var cancellation = new Cancellation("stopping");
        var lines = new string[sources.Length];
        using (var bar = new ProgressLine("translating", sources.Length))
        {
            int done = 0;
            foreach (Translation translation in translator.Translate(sources, options, progress: null, cancellation.Token))
            {
                lines[done++] = translation.Text;
                bar.Report(done);
            }
        }

        return (lines, ModelOptions.Describe(options));
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

            Console.Out.WriteLine(score.Format());
            Console.Out.WriteLine($"  signature: {score.Signature}");
            if (comparison is not null)
            {
                Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  baseline:  {comparison.Baseline.Value:F2}, difference {comparison.Difference:+0.00;-0.00} {comparison.FormatPValue()}"));
            }

            if (score.Warning is { } warning)
            {
                Console.Error.WriteLine($"heed: {warning}");
            }
        }

        if (json)
        {
            Console.Out.WriteLine(results.ToJsonString(CommonOptions.ReadableJson));
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

    private static void CheckCounts(string[] names, string[][] references, int count)
    {
        for (int i = 0; i < references.Length; i++)
        {
            if (references[i].Length != count)
            {
                throw new InvalidDataException($"{names[i]} has {references[i].Length} lines for {count} translations; every reference file has one line for each");
            }
        }
    }

    private static string[] ReadLines(string path) => [.. TextLineReader.ReadLines(path)];
}
