using System.Globalization;
using System.Text;
using System.Text.Json;
using Heed.Models;
using Heed.Models.Decoding;

namespace Heed.Cli.Tests.Commands;

[Collection(nameof(CommandLine))]
public sealed class TranslateCommandTests(TrainedModel trained)
{
    private static readonly string[] Input = ["hund haus", "", "rot", "   ", "katze blau katze blau katze", "rot"];

    [Fact]
    public async Task Lines_come_back_in_order_one_for_each_the_empty_ones_too()
    {
        CommandResult result = await Translate(Input);
        Assert.Equal(trained.Translator.Translate(Input).Select(translation => translation.Text), result.Succeeds().Lines);
        Assert.Empty(result.Error);
    }

    [Fact]
    public async Task A_last_line_without_an_end_and_Windows_line_ends_count()
    {
        CommandResult result = await HeedProcess.Run(Encoding.UTF8.GetBytes("rot\r\n\r\nhund"), "translate", "--model", trained.Model);
        Assert.Equal(trained.Translator.Translate(["rot", "", "hund"]).Select(translation => translation.Text), result.Succeeds().Lines);
    }

    [Fact]
    public async Task N_best_has_the_line_the_score_and_the_text()
    {
        var options = trained.Translator.Options with { NBest = 2 };
        string[] expected = [.. trained.Translator.Translate(Input, options).SelectMany(translation => translation.Candidates.Select(candidate => Row(translation, candidate)))];
        CommandResult result = await Translate(Input, "--n-best", "2");
        Assert.Equal(expected, result.Succeeds().Lines);
    }

    [Fact]
    public async Task Json_is_one_object_a_line()
    {
        CommandResult result = await Translate(Input, "--json", "--n-best", "2");
        JsonElement[] lines = [.. result.Succeeds().Lines.Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.Equal(Input, lines.Select(line => line.GetProperty("source").GetString()!));
        Assert.Equal(Enumerable.Range(1, Input.Length), lines.Select(line => line.GetProperty("line").GetInt32()));
        Translation first = trained.Translator.Translate(Input[0]);
        JsonElement best = lines[0].GetProperty("translations")[0];
        Assert.Equal(first.Text, best.GetProperty("text").GetString());
        Assert.Equal(first.Candidates[0].Hypothesis.Score, best.GetProperty("score").GetDouble());
    }

    [Fact]
    public void A_sentence_on_the_command_line()
    {
        CommandResult result = CommandLine.Run("translate", "--model", trained.Model, "--beam", "1", "hund haus").Succeeds();
        Assert.Equal([trained.Translator.Translate("hund haus", new DecodingOptions { BeamSize = 1 }).Text], result.Lines);
    }

    [Fact]
    public async Task A_line_of_ten_thousand_words_is_translated_with_a_warning()
    {
        CommandResult result = await Translate(["rot", string.Join(' ', Enumerable.Repeat("hund", 10_000)), "blau"], "--beam", "1");
        Assert.Equal(3, result.Succeeds().Lines.Length);
        Assert.All(result.Lines, line => Assert.NotEmpty(line));
        Assert.StartsWith("heed: line 2 has 10000 tokens, but the model takes at most 511", Assert.Single(result.Error.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Standard_input_that_is_not_UTF8() =>
        (await HeedProcess.Run([0x72, 0xC3, 0x0A], "translate", "--model", trained.Model)).FailsWith(2, "line 1 of standard input is not valid UTF-8");

    [Fact]
    public async Task A_reader_that_leaves_early_ends_the_work_quietly()
    {
        // Without end: if the broken pipe went unnoticed, this would run for ever.
        CommandResult result = await HeedProcess.Shell($"yes rot 2> /dev/null | \"$HEED\" translate --beam 1 --model {trained.Model} | head -1");
        Assert.Single(result.Succeeds().Lines);
        Assert.Empty(result.Error);
    }

    [Fact]
    public async Task A_full_disk_under_standard_output_is_an_error()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "writes to /dev/full, a device that is always full, which this system does not have");
        (await HeedProcess.Shell($"echo rot | \"$HEED\" translate --model {trained.Model} > /dev/full")).FailsWith(1, "No space left on device");
    }

    [Fact]
    public async Task Two_commands_that_share_a_file_write_one_after_the_other()
    {
        string path = Path.Combine(Path.GetDirectoryName(trained.Run)!, "shared-output");
        string command = $"\"$HEED\" tokenizer encode --model {trained.Model}";
        (await HeedProcess.Shell($"({command} rot; {command} blau) > {path}")).Succeeds();
        Assert.Equal(2, File.ReadAllLines(path).Length);
    }

    private Task<CommandResult> Translate(string[] lines, params string[] options) =>
        HeedProcess.Run(Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n"))), ["translate", "--model", trained.Model, .. options]);

    private static string Row(Translation translation, TranslationCandidate candidate) =>
        string.Create(CultureInfo.InvariantCulture, $"{translation.LineNumber}\t{candidate.Hypothesis.Score:F4}\t{candidate.Text}");
}
