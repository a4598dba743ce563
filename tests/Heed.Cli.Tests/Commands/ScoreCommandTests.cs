using System.Globalization;
using System.Text.Json;
using Heed.Models;

namespace Heed.Cli.Tests.Commands;

[Collection(nameof(CommandLine))]
public sealed class ScoreCommandTests(TrainedModel trained)
{
    [Fact]
    public void Lines_are_the_pairs_log_probabilities_and_the_end_is_their_sum()
    {
        ScoredTranslation[] expected = [.. trained.Translator.Score(File.ReadLines(trained.Source).Zip(File.ReadLines(trained.Target)))];
        CommandResult result = CommandLine.Run("score", "--model", trained.Model, "--source", trained.Source, "--target", trained.Target).Succeeds();
        Assert.Equal(expected.Select(score => score.LogProbability.ToString("F4", CultureInfo.InvariantCulture)), result.Lines);
        string sum = expected.Sum(score => score.LogProbability).ToString("F4", CultureInfo.InvariantCulture);
        Assert.StartsWith($"log-probability {sum} over {expected.Sum(score => score.Tokens.Length)} tokens, perplexity ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_tokens_log_probabilities_sum_up_to_the_lines()
    {
        CommandResult result = CommandLine.Run("score", "--model", trained.Model, "--source", trained.Source, "--target", trained.Target, "--tokens", "--json").Succeeds();
        Assert.All(result.Lines, line =>
        {
            JsonElement score = JsonDocument.Parse(line).RootElement;
            double[] pieces = [.. score.GetProperty("pieces").EnumerateArray().Select(piece => piece[1].GetDouble())];
            Assert.Equal(score.GetProperty("tokens").GetInt32(), pieces.Length);
            Assert.Equal(score.GetProperty("logProbability").GetDouble(), pieces.Sum(), 1e-9);
        });
    }
}
