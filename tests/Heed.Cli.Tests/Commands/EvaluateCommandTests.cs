using System.Text.Json;
using Heed.Testing;
using Heed.Text.Metrics.Bleu;
using Heed.Text.Metrics.ChrF;
using Heed.Text.Metrics.Significance;

namespace Heed.Cli.Tests.Commands;

[Collection(nameof(CommandLine))]
public sealed class EvaluateCommandTests(TrainedModel trained) : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly string[] references = File.ReadAllLines(trained.Target);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Files_get_the_metrics_own_numbers()
    {
        string[] hypotheses = [.. references.Select((line, i) => i % 3 == 0 ? "a red house" : line)];
        string path = folder.File("hypotheses", string.Concat(hypotheses.Select(line => line + "\n")));
        CommandResult result = CommandLine.Run("evaluate", "--hypotheses", path, "--references", trained.Target).Succeeds();
        var bleu = new BleuMetric().Corpus(hypotheses, [references], new BootstrapResampling());
        var chrf = new ChrFMetric().Corpus(hypotheses, [references], new BootstrapResampling());
        Assert.Equal([bleu.Format(), $"  signature: {bleu.Signature}", chrf.Format(), $"  signature: {chrf.Signature}"], result.Lines);
    }

    [Fact]
    public void A_model_is_scored_on_its_translations_which_can_be_kept()
    {
        string kept = folder.File("kept");
        CommandResult result = CommandLine.Run("evaluate", "--model", trained.Model, "--source", trained.Source, "--references", trained.Target, "--metrics", "bleu", "--bootstrap", "0", "--json", "--out", kept).Succeeds();
        string[] expected = [.. trained.Translator.Translate(File.ReadLines(trained.Source)).Select(translation => translation.Text)];
        Assert.Equal(expected, File.ReadAllLines(kept));
        JsonElement score = Assert.Single(JsonDocument.Parse(result.Output).RootElement.EnumerateArray().ToArray());
        Assert.Equal(new BleuMetric().Corpus(expected, [references]).Value, score.GetProperty("score").GetDouble());
        Assert.Equal("beam 5, length penalty 1", score.GetProperty("decoding").GetString());
    }

    [Fact]
    public void BLEU_is_computed_as_asked_for()
    {
        string shouted = folder.File("shouted", string.Concat(references.Select(line => line.ToUpperInvariant() + "\n")));
        string[] command = ["evaluate", "--hypotheses", shouted, "--references", trained.Target, "--metrics", "bleu", "--bootstrap", "0", "--tokenize", "char", "--smooth", "floor"];
        CommandLine.Run(command).Succeeds();
        CommandResult result = CommandLine.Run([.. command, "--lowercase"]).Succeeds();
        Assert.StartsWith("BLEU = 100.00", result.Lines[0], StringComparison.Ordinal);
        Assert.Contains("case:lc|eff:no|tok:char|smooth:floor[0.10]", result.Lines[1], StringComparison.Ordinal);
        CommandLine.Run([.. command[..^3], "letters"]).FailsWith(2, "no BLEU tokenizer 'letters'", "13a, intl, char, none");
    }

    [Fact]
    public void A_baseline_is_compared_with()
    {
        string worse = folder.File("worse", string.Concat(references.Select(_ => "red\n")));
        CommandResult result = CommandLine.Run("evaluate", "--hypotheses", trained.Target, "--references", trained.Target, "--metrics", "chrf", "--baseline", worse).Succeeds();
        Assert.Contains("baseline:", result.Output, StringComparison.Ordinal);
        Assert.Contains("difference +", result.Output, StringComparison.Ordinal);
    }
}
