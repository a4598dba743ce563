using System.Text.Json.Nodes;
using Heed.Testing;
using Heed.Text.Metrics.Rouge;

namespace Heed.Text.Tests.Metrics.Rouge;

/// <summary>ROUGE against the expectations of Google's rouge_scorer_test.py, which come from ROUGE-1.5.5.</summary>
public sealed class RougeVectorTests
{
    private static string Folder => SharedFolder.PathOrSkip("data/metrics/rouge");

    private static JsonNode Expected => JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, "expected.json")))!;

    [Fact]
    public void Scores_of_the_test_files_agree()
    {
        JsonNode expected = Expected;
        string[] targets = File.ReadAllLines(Path.Combine(Folder, "target.txt"));
        string[] predictions = File.ReadAllLines(Path.Combine(Folder, "prediction.txt"));
        foreach (JsonNode? item in expected["cases"]!.AsArray())
        {
            bool byLine = item!["line"] is not null;
            string target = byLine ? targets[item["line"]!.GetValue<int>()] : Read(item["target"]!);
            string prediction = byLine ? predictions[item["line"]!.GetValue<int>()] : Read(item["prediction"]!);
            Check(item, target, prediction, expected["tolerance"]!.GetValue<double>());
        }
    }

    [Fact]
    public void Scores_of_the_inline_cases_agree()
    {
        JsonNode expected = Expected;
        foreach (JsonNode? item in expected["inline"]!.AsArray())
        {
            Check(item!, item!["target"]!.GetValue<string>(), item["prediction"]!.GetValue<string>(), expected["tolerance"]!.GetValue<double>());
        }
    }

    private static string Read(JsonNode name) => File.ReadAllText(Path.Combine(Folder, name.GetValue<string>()));

    private static void Check(JsonNode item, string target, string prediction, double tolerance)
    {
        var config = new RougeConfig
        {
            Kind = Enum.Parse<RougeKind>(item["type"]!.GetValue<string>(), ignoreCase: true),
            UseStemmer = item["stem"]?.GetValue<bool>() ?? false,
        };
        RougeScore score = new RougeMetric(config).Sentence(prediction, [target]);
        double[] values = [.. item["v"]!.AsArray().Select(value => value!.GetValue<double>())];

        Assert.Equal(values[0], score.Recall, tolerance);
        Assert.Equal(values[1], score.Precision, tolerance);
        Assert.Equal(values[2], score.FMeasure, tolerance);
    }
}
