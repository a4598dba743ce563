using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Heed.Cli.Terminal;
using Heed.Models.Classification;
using Heed.Text.IO;
using Heed.Text.Metrics;
using Heed.Text.Metrics.Classification;
using Heed.Text.Metrics.Significance;

namespace Heed.Cli.Commands;

/// <summary><c>heed classify</c>: the class of a text, or of each line of standard input; with the true classes, how often it is right.</summary>
internal static class ClassifyCommand
{
    public static Command Create()
    {
        var model = new Option<string>("--model") { Description = "A classifier's folder in Hugging Face's layout, as heed train writes it: RUN/model.", HelpName = "FOLDER", Required = true };
        var all = new Option<bool>("--all") { Description = "Print every class with its probability, most probable first, not only the first." };
        var labels = new Option<string?>("--labels") { Description = "The true class of each line of standard input: print accuracy, macro-F1 and what was taken for what, instead of the classes.", HelpName = "FILE" };
        Option<int?> threads = CommonOptions.Threads();
        Option<bool> json = CommonOptions.Json();
        var text = new Argument<string?>("TEXT") { Description = "What to classify, in quotes. When omitted: standard input, one text a line.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("classify", "Say which class a text belongs to, or each line of standard input.") { text, model, all, labels, threads, json };
        command.SetAction(parsed =>
        {
            string? labelPath = parsed.GetValue(labels);
            if (labelPath is not null && (parsed.GetValue(text) is not null || parsed.GetValue(all)))
            {
                throw new UsageException("--labels scores the lines of standard input; give no TEXT and no --all with it");
            }

            string[]? actual = labelPath is null ? null : [.. TextLineReader.ReadLines(labelPath).Select(label => label.Trim())];
            CommonOptions.UseThreads(parsed.GetValue(threads));
            TextClassifier classifier = TextClassifier.Load(parsed.GetValue(model)!);
            using var cancellation = new Cancellation("stopping after this batch");
            IEnumerable<ClassifiedText> results = Results(classifier, parsed.GetValue(text), cancellation.Token);
            if (actual is not null)
            {
                Score(classifier, [.. results], actual, labelPath!, parsed.GetValue(json));
                return 0;
            }

            foreach (ClassifiedText result in results)
            {
                Write(result, parsed.GetValue(all), parsed.GetValue(json));
            }

            return 0;
        });
        return command;
    }

    // A person at a terminal wants each answer at once; a file is classified in large, length-sorted batches.
    private static IEnumerable<ClassifiedText> Results(TextClassifier classifier, string? text, CancellationToken cancellation) =>
        text is not null ? [classifier.Classify(text)]
        : Console.IsInputRedirected ? classifier.Classify(TextLineReader.ReadStandardInput(), cancellation)
        : classifier.Classify(TextLineReader.ReadStandardInput(), windowLines: 1, cancellation);

    private static void Write(ClassifiedText result, bool all, bool json)
    {
        Output.Warn(result.Warning);
        if (json)
        {
            Output.Json(ToJson(result));
            return;
        }

        IEnumerable<ClassProbability> shown = all ? result.Classes : result.Classes.Take(1);
        Console.Out.WriteLine(string.Join('\t', shown.Select(found => string.Create(CultureInfo.InvariantCulture, $"{found.Label}\t{found.Probability:F4}"))));
    }

    private static JsonObject ToJson(ClassifiedText result) => new()
    {
        ["line"] = result.LineNumber,
        ["text"] = result.Text,
        ["label"] = result.Label,
        ["probability"] = result.Probability,
        ["classes"] = new JsonArray([.. result.Classes.Select(found => new JsonObject { ["label"] = found.Label, ["probability"] = found.Probability })]),
        ["warning"] = result.Warning,
    };

    private static void Score(TextClassifier classifier, ClassifiedText[] results, string[] actual, string labelPath, bool json)
    {
        if (results.Length != actual.Length || actual.Length == 0)
        {
            throw new InvalidDataException($"{labelPath} has {actual.Length} lines, but standard input has {results.Length}; line n of one must be the class of line n of the other");
        }

        if (Array.FindIndex(actual, label => !classifier.Labels.Contains(label)) is >= 0 and var unknown)
        {
            throw new InvalidDataException($"line {unknown + 1} of {labelPath} is \"{actual[unknown]}\", which is not one of the model's classes ({string.Join(", ", classifier.Labels.Take(20))})");
        }

        Array.ForEach(results, result => Output.Warn(result.Warning));
        string[] predicted = [.. results.Select(result => result.Label)];
        MetricScore[] scores = [.. ((CorpusMetric[])[new AccuracyMetric(), new MacroF1Metric(classifier.Labels)]).Select(metric => metric.Corpus(predicted, [actual], new BootstrapResampling()))];
        ConfusionMatrix matrix = ConfusionMatrix.Count(classifier.Labels, actual, predicted);
        if (json)
        {
            Output.Json(ToJson(scores, matrix));
            return;
        }

        Array.ForEach(scores, Output.Score);
        Console.Out.WriteLine();
        Console.Out.Write(matrix.ToString());
    }

    private static JsonObject ToJson(MetricScore[] scores, ConfusionMatrix matrix) => new()
    {
        ["scores"] = new JsonArray([.. scores.Select(score => new JsonObject
        {
            ["name"] = score.Name,
            ["score"] = score.Value,
            ["intervalMean"] = score.Interval!.Value.Mean,
            ["intervalHalfWidth"] = score.Interval.Value.HalfWidth,
            ["signature"] = score.Signature,
        })]),
        ["classes"] = new JsonArray([.. matrix.Classes().Select((score, i) => new JsonObject
        {
            ["label"] = score.Label,
            ["precision"] = score.Precision,
            ["recall"] = score.Recall,
            ["f1"] = score.F1,
            ["texts"] = score.Texts,
            ["predictedAs"] = new JsonObject(matrix.Labels.Select((label, j) => KeyValuePair.Create(label, (JsonNode?)matrix[i, j]))),
        })]),
    };
}
