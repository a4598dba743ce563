using Heed.Testing;

namespace Heed.Cli.Tests.Commands;

/// <summary>What <c>heed</c> says to a command line that makes no sense.</summary>
[Collection(nameof(CommandLine))]
public sealed class BadUsageTests(TrainedModel trained) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("trian", "unknown command \"trian\"", "did you mean train?")]
    [InlineData("", "which command? demo, train")]
    [InlineData("tokenizer", "which command? train, encode, decode", "heed tokenizer --help")]
    [InlineData("translate", "--model is required")]
    [InlineData("translate --modle x", "unknown option --modle", "did you mean --model?")]
    [InlineData("translate --model x --bogus", "unknown option --bogus")]
    [InlineData("translate --model x -n Hallo", "unknown option -n", "write -- before a text")]
    [InlineData("translate --model x two words", "\"words\" is one argument too many", "quotes")]
    [InlineData("translate --model x --beam many Hallo", "--beam takes a whole number from 1 to 10000, not \"many\"")]
    [InlineData("translate --model x --beam 0 Hallo", "--beam takes a whole number from 1")]
    [InlineData("translate --model x --beam 2.5 Hallo", "--beam takes a whole number")]
    [InlineData("translate --model x --length-penalty much Hallo", "--length-penalty takes a number from -10 to 10, not \"much\"")]
    [InlineData("translate --model x --length-penalty NaN Hallo", "--length-penalty takes a number")]
    [InlineData("translate --model x --n-best 0 Hallo", "--n-best takes a whole number")]
    [InlineData("translate --model x --threads -1 Hallo", "--threads takes a whole number from 1 to 1024, not \"-1\"")]
    [InlineData("translate --model x --max-length 99999999999 Hallo", "--max-length takes a whole number")]
    [InlineData("evaluate --hypotheses x", "--references is required")]
    [InlineData("tokenizer train --out x", "tokenizer train --help")]
    [InlineData("compare --preset slow", "slow not recognized. Must be one of: quick, full")]
    [InlineData("demo --seed -3", "--seed takes a whole number of at least 0, not \"-3\"")]
    public void A_wrong_command_line(string line, params string[] parts) =>
        CommandLine.Run(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).FailsWith(2, [.. parts, "--help)"]);

    [Fact]
    public void A_text_that_begins_with_a_dash_stands_after_two_dashes() =>
        CommandLine.Run("translate", "--model", trained.Model, "--", "-rot").Succeeds();

    [Fact]
    public void A_sentence_with_a_dash_in_front_is_no_option() =>
        CommandLine.Run("translate", "--model", trained.Model, "-- rot, sagte der hund").Succeeds();

    [Fact]
    public void Different_line_counts_of_translations_and_references()
    {
        string shorter = folder.File("short", "red\n");
        CommandLine.Run("evaluate", "--hypotheses", shorter, "--references", trained.Target).FailsWith(2, "target has 200 lines, but", "short has 1");
        CommandLine.Run("evaluate", "--hypotheses", trained.Target, "--references", trained.Target, "--baseline", shorter).FailsWith(2, "short has 1 lines");
        CommandLine.Run("evaluate", "--model", trained.Model, "--source", shorter, "--references", trained.Target).FailsWith(2, "target has 200 lines");
    }

    [Fact]
    public void Nothing_to_evaluate()
    {
        string empty = folder.File("empty", "");
        CommandLine.Run("evaluate", "--references", trained.Target).FailsWith(2, "--hypotheses FILE", "--model FOLDER");
        CommandLine.Run("evaluate", "--hypotheses", empty, "--references", empty).FailsWith(2, "empty has no lines");
        CommandLine.Run("evaluate", "--hypotheses", trained.Target, "--references", trained.Target, "--metrics", "bleurt").FailsWith(2, "bleurt", "chrf");
        CommandLine.Run("evaluate", "--hypotheses", trained.Target, "--references", trained.Target, "--metrics", ",").FailsWith(2, "no metric");
    }

    [Fact]
    public void A_result_that_cannot_be_written_is_noticed_before_the_work()
    {
        string nowhere = folder.File("nowhere/page.html");
        CommandLine.Run("explain", "--model", trained.Model, "rot", "--out", nowhere).FailsWith(2, "there is no folder", "nowhere");
        CommandLine.Run("explain", "--model", trained.Model, "rot", "--out", folder.Path).FailsWith(2, "is a folder");
        CommandLine.Run("evaluate", "--model", trained.Model, "--source", trained.Source, "--references", trained.Target, "--out", nowhere).FailsWith(2, "there is no folder");
        CommandLine.Run("demo", "--out", trained.Source).FailsWith(2, "is a file");
        CommandLine.Run("tokenizer", "train", trained.Source, "--out", trained.Source).FailsWith(2, "is a file");
    }

    [Fact]
    public void Nothing_to_explain() => CommandLine.Run("explain", "--model", trained.Model, " ").FailsWith(2, "the sentence is empty");

    [Fact]
    public void Unequal_files_to_score() =>
        CommandLine.Run("score", "--model", trained.Model, "--source", folder.File("short", "rot\n"), "--target", trained.Target).FailsWith(2, "short has 1 lines");

    [Theory]
    [InlineData("dog")]
    [InlineData("5 x 6")]
    [InlineData("1.5")]
    [InlineData("99999")]
    [InlineData("-5")]
    public void Token_numbers_that_are_none(string ids) =>
        CommandLine.Run("tokenizer", "decode", "--model", trained.Model, ids).FailsWith(2, "is not a token number", "heed tokenizer encode --ids");

    [Fact]
    public void Nothing_to_inspect()
    {
        CommandLine.Run("inspect", folder.File("nowhere")).FailsWith(2, "there is no file or folder");
        CommandLine.Run("inspect", trained.Source).FailsWith(2, "not a safetensors file");
        CommandLine.Run("inspect", folder.Path).FailsWith(2, "there is no config.json");
    }
}
