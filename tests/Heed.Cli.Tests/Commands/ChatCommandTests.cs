using System.Diagnostics;
using System.Text.Json.Nodes;
using Heed.Testing;

namespace Heed.Cli.Tests.Commands;

/// <summary>chat, with a real tiny model that tells stories whatever it is asked.</summary>
[Collection(nameof(CommandLine))]
public sealed class ChatCommandTests
{
    private static string[] Model => ["chat", "--model", SharedFolder.PathOrSkip("data/stories260K/stories260K.gguf"), "--template", "plain", "--max-tokens", "12"];

    [Fact]
    public async Task Each_line_is_answered_and_the_conversation_goes_on()
    {
        CommandResult whole = (await Chat("Hi\nAnd then?\n")).Succeeds();
        Assert.Equal(2, whole.Lines.Count(line => line.Length > 0));
        CommandResult first = (await Chat("Hi\n")).Succeeds(), alone = (await Chat("And then?\n")).Succeeds();
        Assert.Equal(first.Lines[0], whole.Lines[0]);
        Assert.NotEqual(alone.Lines[0], whole.Lines[1]);
        Assert.DoesNotContain("> ", whole.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reset_begins_anew_and_a_backslash_continues_a_line()
    {
        CommandResult result = (await Chat("Hi\n/reset\nHi\n/system Be kind.\nHi\nH\\\ni\n/nonsense\n/quit\nnever read\n")).Succeeds();
        Assert.Equal(result.Lines[0], result.Lines[1]);
        Assert.NotEqual(result.Lines[0], result.Lines[2]);
        Assert.Equal(4, result.Lines.Count(line => line.Length > 0));
        Assert.Contains("/nonsense is not known; /help lists", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_conversation_is_saved_as_messages()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("conversation.json");
        CommandResult result = (await Chat($"/save\n//slash\n/save {path}\n", "--system", "Be brief.")).Succeeds();
        Assert.Contains("/save needs the name", result.Error, StringComparison.Ordinal);
        JsonArray messages = JsonNode.Parse(await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken))!["messages"]!.AsArray();
        Assert.Equal(["system", "user", "assistant"], messages.Select(message => (string)message!["role"]!));
        Assert.Equal(["Be brief.", "/slash", result.Lines[0].Trim()], messages.Select(message => (string)message!["content"]!));
    }

    [Fact]
    public async Task A_conversation_that_is_too_long_loses_its_beginning()
    {
        string lines = string.Concat(Enumerable.Range(0, 9).Select(i => $"{i} {string.Concat(Enumerable.Repeat("the little dog ran to the big park and ", 20))}\n"));
        CommandResult result = (await Chat(lines)).Succeeds();
        Assert.Equal(9, result.Lines.Count(line => line.Length > 0));
        Assert.Contains("too long for the model: the oldest", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Interrupting_ends_the_answer_and_not_the_program()
    {
        using Process process = HeedProcess.StartInterruptible([.. Model[..^1], "100000", "--no-loop-guard", "--temperature", "1"]);
        await process.StandardInput.WriteLineAsync("Tell me everything");
        await process.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
        var begun = new char[1];
        await process.StandardOutput.ReadAsync(begun);
        HeedProcess.Interrupt(process);
        await Task.Delay(TimeSpan.FromSeconds(2.5), TestContext.Current.CancellationToken); // the command-line library would end the program after two
        await process.StandardInput.WriteLineAsync("/help");
        process.StandardInput.Close();
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken), rest = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await HeedProcess.WaitForEnd(process);
        string error = await errors;
        await rest;
        Assert.Equal(0, process.ExitCode);
        Assert.Contains("(stopped)", error, StringComparison.Ordinal);
        Assert.Contains("/reset", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_without_a_template_says_what_to_choose()
    {
        CommandLine.Run("chat", "--model", Model[2]).FailsWith(2, "brings no chat template", "chatml, llama2");
        CommandLine.Run("chat", "--model", Model[2], "--template", "alpaca").FailsWith(2, "there is no chat template \"alpaca\"");
    }

    private static Task<CommandResult> Chat(string input, params string[] more) => HeedProcess.Run(System.Text.Encoding.UTF8.GetBytes(input), [.. Model, .. more]);
}
