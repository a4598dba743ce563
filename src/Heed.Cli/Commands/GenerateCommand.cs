using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Heed.Cli.Terminal;
using Heed.Models.Generation;
using Heed.Text.Tokenizers;

namespace Heed.Cli.Commands;

/// <summary><c>heed generate</c>: continues a text.</summary>
internal static class GenerateCommand
{
    public static Command Create()
    {
        Option<string> model = CommonOptions.LanguageModel();
        Option<string?> tokenizer = CommonOptions.Tokenizer();
        Option<string?> adapter = CommonOptions.Adapter();
        var settings = new GenerationSettings();
        Option<int?> threads = CommonOptions.Threads();
        Option<bool> json = CommonOptions.Json();
        var prompt = new Argument<string?>("PROMPT") { Description = "The text to continue, in quotes. When omitted: all of standard input but its last line break.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("generate", "Continue a text with GPT-2, LLaMA, Mistral or Qwen2, and print it as it comes.") { prompt, model, tokenizer, adapter, threads, json };
        settings.AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            CommonOptions.UseThreads(parsed.GetValue(threads));
            TextGenerator generator = TextGenerator.Load(parsed.GetValue(model)!, parsed.GetValue(tokenizer), parsed.GetValue(adapter));
            GenerationOptions options = settings.Of(parsed, generator.Tokenizer, generator.Options);
            string text = parsed.GetValue(prompt) ?? WithoutLastLineBreak(await Console.In.ReadToEndAsync(CancellationToken.None).ConfigureAwait(false));
            using var cancellation = new Cancellation("stopping after this token");
            if (options.NumReturnSequences > 1)
            {
                return WriteAll(generator, text, options, parsed.GetValue(json), cancellation.Token);
            }

            GenerationResult result = await Run(generator, text, options, parsed.GetValue(json), cancellation.Token).ConfigureAwait(false);
            return result.FinishReason == FinishReason.Cancelled ? CommandRunner.Failed : 0;
        });
        return command;
    }

    private static async Task<GenerationResult> Run(TextGenerator generator, string prompt, GenerationOptions options, bool json, CancellationToken cancellation)
    {
        GenerationResult? result = null;
        await foreach (GenerationUpdate update in generator.StreamAsync(prompt, options, cancellation).ConfigureAwait(false))
        {
            result = update.Result;
            if (!json)
            {
                await Console.Out.WriteAsync(update.Text).ConfigureAwait(false);
            }
        }

        await Console.Out.WriteLineAsync(json ? ToJson(prompt, result!, generator.Tokenizer).ToJsonString(Output.ReadableJson) : string.Empty).ConfigureAwait(false);
        await Console.Error.WriteLineAsync(Summary(result!)).ConfigureAwait(false);
        return result!;
    }

    private static int WriteAll(TextGenerator generator, string prompt, GenerationOptions options, bool json, CancellationToken cancellation)
    {
        IReadOnlyList<GenerationResult> results = generator.Generate([prompt], options, cancellation);
        if (json)
        {
            Output.Json(new JsonArray([.. results.Select(result => ToJson(prompt, result, generator.Tokenizer))]));
        }

        for (int i = 0; i < results.Count; i++)
        {
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{i + 1} of {results.Count}{(results[i].Score is { } score ? $", score {score:F4}" : "")}: {Summary(results[i])}"));
            if (!json)
            {
                Console.Out.WriteLine(results[i].Text);
            }
        }

        return results.Any(result => result.FinishReason == FinishReason.Cancelled) ? CommandRunner.Failed : 0;
    }

    // A text file ends with a line break that nobody means; a second one is meant.
    private static string WithoutLastLineBreak(string text) =>
        text.EndsWith("\r\n", StringComparison.Ordinal) ? text[..^2] : text.EndsWith('\n') ? text[..^1] : text;

    private static string Summary(GenerationResult result) => string.Create(
        CultureInfo.InvariantCulture,
        $"{result.Output.PromptTokens} tokens read, {result.Output.Tokens.Length} written, {result.TokensPerSecond:F1} tokens/s; {Why(result)}");

    private static string Why(GenerationResult result) => result.FinishReason switch
    {
        FinishReason.StopToken => "ended by the model",
        FinishReason.StopString => $"ended before \"{result.StopString}\"",
        FinishReason.Length => "cut at the length limit (--max-tokens)",
        FinishReason.Loop => $"stopped: the text repeats itself every {result.Output.LoopPeriod} tokens (--no-loop-guard goes on; --repetition-penalty may help)",
        FinishReason.Runaway => "stopped: hardly anything new is being written (--no-loop-guard goes on)",
        FinishReason.NothingAllowed => "stopped: the settings rule out every token",
        _ => "stopped on request",
    };

    private static JsonObject ToJson(string prompt, GenerationResult result, Tokenizer tokenizer) => new()
    {
        ["prompt"] = prompt,
        ["text"] = result.Text,
        ["score"] = result.Score,
        ["finishReason"] = char.ToLowerInvariant(result.FinishReason.ToString()[0]) + result.FinishReason.ToString()[1..],
        ["stopString"] = result.StopString,
        ["loopPeriod"] = result.Output.LoopPeriod,
        ["promptTokens"] = result.Output.PromptTokens,
        ["newTokens"] = result.Output.Tokens.Length,
        ["tokensPerSecond"] = result.TokensPerSecond,
        ["tokens"] = new JsonArray([.. result.Output.Tokens.Select(token => Describe(token, tokenizer))]),
    };

    private static JsonObject Describe(GeneratedToken token, Tokenizer tokenizer) => new()
    {
        ["id"] = token.Token,
        ["token"] = NameOf(token.Token, tokenizer),
        ["logProbability"] = token.LogProbability,
        ["alternatives"] = new JsonArray([.. token.Alternatives.Select(other => new JsonObject
        {
            ["id"] = other.Token,
            ["token"] = NameOf(other.Token, tokenizer),
            ["logProbability"] = other.LogProbability,
        })]),
    };

    // Some models have more rows than their tokenizer has tokens.
    private static string? NameOf(int token, Tokenizer tokenizer) => token < tokenizer.VocabSize ? tokenizer.TokenText(token) : null;
}
