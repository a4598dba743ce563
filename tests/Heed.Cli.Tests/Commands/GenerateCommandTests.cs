using System.Text.Json.Nodes;
using Heed.Testing;

namespace Heed.Cli.Tests.Commands;

/// <summary>generate, with a real tiny model.</summary>
[Collection(nameof(CommandLine))]
public sealed class GenerateCommandTests
{
    private static string[] Model =>
        ["--model", SharedFolder.PathOrSkip("data/stories260K/stories260K_v1.bin"), "--tokenizer", SharedFolder.PathOrSkip("data/stories260K/tok512.bin")];

    [Fact]
    public void A_prompt_is_continued()
    {
        CommandResult result = CommandLine.Run(["generate", .. Model, "Once upon a time, there was a", "--max-tokens", "12", "--stop", "Lily"]).Succeeds();
        Assert.Equal(" little girl named", result.Output.TrimEnd());
        Assert.Contains("ended before \"Lily\"", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Standard_input_is_a_prompt_without_its_last_line_break()
    {
        TextReader before = Console.In;
        Console.SetIn(new StringReader("Once upon a time, there was a\n"));
        try
        {
            Assert.StartsWith(" little girl", CommandLine.Run(["generate", .. Model, "--max-tokens", "8"]).Succeeds().Output, StringComparison.Ordinal);
        }
        finally
        {
            Console.SetIn(before);
        }
    }

    [Fact]
    public void The_seed_decides_what_is_drawn_on_any_number_of_threads()
    {
        string Draw(string seed, string threads) =>
            CommandLine.Run(["generate", .. Model, "The dog", "--max-tokens", "20", "--top-p", "0.95", "--seed", seed, "--threads", threads]).Succeeds().Output;
        Assert.Equal(Draw("1", "1"), Draw("1", "2"));
        Assert.NotEqual(Draw("1", "1"), Draw("2", "1"));
    }

    [Fact]
    public void Json_has_the_tokens_and_why_the_text_ended()
    {
        CommandResult result = CommandLine.Run(["generate", .. Model, "The dog", "--max-tokens", "4", "--begin", "was", "--json", "--top-log-probabilities", "2"]).Succeeds();
        JsonNode json = JsonNode.Parse(result.Output)!;
        Assert.Equal("length", json["finishReason"]!.GetValue<string>());
        Assert.Equal(4, json["newTokens"]!.GetValue<int>());
        Assert.All(json["tokens"]!.AsArray(), token => Assert.Equal(2, token!["alternatives"]!.AsArray().Count));
        Assert.StartsWith(" was", json["text"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_makes_no_sense_is_refused()
    {
        CommandLine.Run(["generate", .. Model, "x", "--temperature", "0", "--top-k", "5"]).FailsWith(2, "topK chooses", "temperature to 1");
        CommandLine.Run(["generate", .. Model, "x", "--top-p", "0"]).FailsWith(2, "topP is 0");
        CommandLine.Run("generate", "x", "--model", "nowhere.gguf").FailsWith(2, "there is no file");
    }
}
