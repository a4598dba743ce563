using Heed.Models.Generation;
using Heed.Testing;

namespace Heed.Models.Tests.Generation;

/// <summary>A real tiny model, stories260K, writes its published text.</summary>
public sealed class TextGeneratorTests
{
    private static readonly GenerationOptions Greedy = new() { MaxNewTokens = 60, StopTokens = [1, 2] };

    [Fact]
    public async Task A_stream_joins_to_the_published_text()
    {
        TextGenerator generator = Load();
        string published = await File.ReadAllTextAsync(SharedFolder.PathOrSkip("data/stories260K/expected_greedy_n200_t0.txt"), TestContext.Current.CancellationToken);
        string text = string.Empty;
        GenerationResult? result = null;
        await foreach (GenerationUpdate update in generator.StreamAsync(string.Empty, Greedy with { MaxNewTokens = 200 }, TestContext.Current.CancellationToken))
        {
            text += update.Text;
            result = update.Result;
        }

        Assert.Equal(published.TrimEnd(), text);
        Assert.Equal((text, FinishReason.Length, 200, 1), (result!.Text, result.FinishReason, result.Output.Tokens.Length, result.Output.PromptTokens));
    }

    [Fact]
    public void A_continuation_keeps_the_space_before_its_first_word_and_prompts_keep_to_themselves()
    {
        TextGenerator generator = Load();
        string[] prompts = ["Once upon a time, there was a", "The dog", "Lily and Tom were"];
        GenerationOptions drawing = Greedy with { Temperature = 0.9, TopK = 40, Seed = 5 };
        var together = generator.Generate(prompts, drawing, TestContext.Current.CancellationToken);
        Assert.Equal(prompts.Select(prompt => generator.Generate(prompt, drawing, TestContext.Current.CancellationToken).Text), together.Select(result => result.Text));
        Assert.StartsWith(" little girl", generator.Generate(prompts[0], Greedy, TestContext.Current.CancellationToken).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stop_string_ends_the_text_before_it()
    {
        GenerationResult result = Load().Generate(string.Empty, Greedy with { StopStrings = ["Lily. She"] }, TestContext.Current.CancellationToken);
        Assert.Equal(("Once upon a time, there was a little girl named ", FinishReason.StopString, "Lily. She"), (result.Text, result.FinishReason, result.StopString));
    }

    [Fact]
    public async Task A_cancelled_stream_ends_with_what_there_is()
    {
        using var source = new CancellationTokenSource();
        var updates = new List<GenerationUpdate>();
        await foreach (GenerationUpdate update in Load().StreamAsync(string.Empty, Greedy, source.Token))
        {
            updates.Add(update);
            if (updates.Count == 5)
            {
                await source.CancelAsync();
            }
        }

        GenerationResult result = updates[^1].Result!;
        Assert.Equal((FinishReason.Cancelled, 5), (result.FinishReason, result.Output.Tokens.Length));
        Assert.Equal(string.Concat(updates.Select(update => update.Text)), result.Text);
    }

    private static TextGenerator Load() =>
        TextGenerator.Load(SharedFolder.PathOrSkip("data/stories260K/stories260K_v1.bin"), SharedFolder.PathOrSkip("data/stories260K/tok512.bin"));
}
