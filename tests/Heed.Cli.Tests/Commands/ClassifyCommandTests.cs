using System.Text.Json.Nodes;
using Heed.Testing;
using Heed.Training;
using Heed.Training.Configuration;

namespace Heed.Cli.Tests.Commands;

/// <summary>classify and summarize, with models of a minute's work less: untrained ones.</summary>
[Collection(nameof(CommandLine))]
public sealed class ClassifyCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly string model;

    public ClassifyCommandTests()
    {
        string path = folder.File("documents.jsonl", string.Concat(Enumerable.Range(0, 4).Select(i => $"{{\"document\": [\"A dog sleeps.\", \"We show cat {i}.\"], \"summary\": \"Cat {i} is shown.\"}}\n")));
        TrainingRun run = TrainingRun.Start(
            new ClassificationRunConfig
            {
                Data = new() { Train = new() { Documents = path }, MaxTokens = 16 },
                Tokenizer = new() { VocabSize = 270 },
                Model = new() { DModel = 8, NumLayers = 1, NumHeads = 1 },
            },
            new RunDirectory(folder.File("run")));
        run.Finish();
        model = folder.File("run/model");
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_text_has_a_class_and_a_probability()
    {
        string[] cells = CommandLine.Run("classify", "--model", model, "1/2 A dog").Succeeds().Output.TrimEnd().Split('\t');
        Assert.Contains(cells[0], new[] { "summary", "other" });
        Assert.InRange(double.Parse(cells[1], System.Globalization.CultureInfo.InvariantCulture), 0.5, 1);
        Assert.Equal(4, CommandLine.Run("classify", "--model", model, "--all", "1/2 A dog").Succeeds().Output.Split('\t').Length);
        JsonNode json = JsonNode.Parse(CommandLine.Run("classify", "--model", model, "--json", "x").Succeeds().Output)!;
        Assert.Equal(1, json["classes"]!.AsArray().Sum(found => (double)found!["probability"]!), 1e-6);
    }

    [Fact]
    public void A_document_is_summarised_by_one_of_its_sentences()
    {
        string chosen = CommandLine.Run("summarize", "--model", model, "A dog sleeps. We show a cat.").Succeeds().Output.TrimEnd();
        Assert.Contains(chosen, new[] { "A dog sleeps.", "We show a cat." });
        string scores = CommandLine.Run("summarize", "--model", model, "--score", folder.File("documents.jsonl")).Succeeds().Output;
        Assert.Contains("model ROUGE-L = ", scores, StringComparison.Ordinal);
        Assert.Contains("lead ROUGE-L = 0.00", scores, StringComparison.Ordinal);
        Assert.Contains("model against lead, ROUGE-L: difference", scores, StringComparison.Ordinal);
    }

    [Fact]
    public void What_makes_no_sense_is_refused()
    {
        CommandLine.Run("classify", "--model", folder.Path, "x").FailsWith(2, "the folder has no");
        CommandLine.Run("classify", "--model", model, "--labels", folder.File("l"), "x").FailsWith(2, "give no TEXT and no --all");
        CommandLine.Run("summarize", "--model", model, "--score", folder.File("documents.jsonl"), "x").FailsWith(2, "give no DOCUMENT");
        CommandLine.Run("summarize", "--model", model, "--score", folder.File("documents.jsonl"), "--summary-field", "tldr").FailsWith(2, "has no field \"tldr\"");
    }
}
