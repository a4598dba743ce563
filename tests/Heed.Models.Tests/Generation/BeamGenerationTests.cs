using Heed.Models.Causal;
using Heed.Models.Configuration;
using Heed.Models.Decoding;
using Heed.Models.Generation;
using Heed.Models.Pretrained;
using Heed.Testing;

namespace Heed.Models.Tests.Generation;

/// <summary>Beam search on text, with a real tiny model.</summary>
public sealed class BeamGenerationTests
{
    private static readonly GenerationOptions Beams = new() { NumBeams = 3, NumReturnSequences = 3, MaxNewTokens = 12, StopTokens = [1, 2] };

    [Fact]
    public void The_outputs_differ_and_are_ordered_by_their_scores()
    {
        IReadOnlyList<GenerationResult> results = Generator().Generate(["Once upon a time", "The dog"], Beams, TestContext.Current.CancellationToken);
        Assert.Equal(6, results.Count);
        Assert.Equal(6, results.Select(result => result.Text).Distinct().Count());
        foreach (GenerationResult[] prompt in results.Chunk(3))
        {
            Assert.Equal(prompt.OrderByDescending(result => result.Score), prompt);
            Assert.All(prompt, result => Assert.Equal(result.Output.Tokens.Sum(token => token.LogProbability) / 12, result.Score!.Value, 1e-9));
        }
    }

    [Fact]
    public void A_prompt_keeps_to_itself_and_a_prefix_changes_nothing()
    {
        TextGenerator generator = Generator();
        string[] prompts = ["Once upon a time", "The dog", "Lily and Tom were"];
        string[] together = [.. generator.Generate(prompts, Beams, TestContext.Current.CancellationToken).Select(result => result.Text)];
        var model = (CausalLanguageModel)generator.Model;
        var prefixed = new TextGenerator(model, generator.Tokenizer, 1) { Prefix = model.ReadPrefix(generator.Encode("Once upon")) };
        Assert.Equal(together, prompts.SelectMany(prompt => prefixed.Generate([prompt], Beams, TestContext.Current.CancellationToken)).Select(result => result.Text));
    }

    [Fact]
    public async Task A_stream_gives_the_best_as_a_whole()
    {
        TextGenerator generator = Generator();
        var updates = new List<GenerationUpdate>();
        await foreach (GenerationUpdate update in generator.StreamAsync("The dog", Beams, TestContext.Current.CancellationToken))
        {
            updates.Add(update);
        }

        Assert.Equal(generator.Generate(["The dog"], Beams, TestContext.Current.CancellationToken)[0].Text, Assert.Single(updates).Text);
    }

    /// <summary>A search that is cut short by nothing else writes what no single step would.</summary>
    [Fact]
    public void Penalties_act_on_every_beam()
    {
        GenerationOptions plain = Beams with { MaxNewTokens = 60, NumReturnSequences = 1 };
        int[] repeated = Tokens(plain);
        int[] distinct = Tokens(plain with { NoRepeatNgramSize = 2 });
        Assert.True(Pairs(repeated).Count() > Pairs(repeated).Distinct().Count());
        Assert.Equal(Pairs(distinct).Distinct(), Pairs(distinct));
        int first = repeated[0];
        Assert.DoesNotContain(first, Tokens(plain with { SuppressedTokens = [first] }));
        Assert.Equal([77, 78], ((int[])[.. Tokens(plain with { ForcedTokens = [77], ForcedLastToken = 78, MaxNewTokens = 9 })])[..1].Append(Tokens(plain with { ForcedTokens = [77], ForcedLastToken = 78, MaxNewTokens = 9 })[^1]));

        static IEnumerable<(int, int)> Pairs(int[] tokens) => tokens.Zip(tokens.Skip(1));
    }

    [Fact]
    public void Every_stop_token_ends_an_output()
    {
        TextGenerator generator = Generator();
        int[] written = Tokens(Beams with { NumReturnSequences = 1 });
        GenerationOptions options = Beams with { NumReturnSequences = 1, StopTokens = [2, written[3], 1], EarlyStopping = EarlyStopping.WhenFull };
        foreach (GenerationResult result in generator.Generate(["Once upon a time"], options with { NumReturnSequences = 3 }, TestContext.Current.CancellationToken))
        {
            int place = result.Output.Tokens.Select(token => token.Token).ToList().IndexOf(written[3]);
            Assert.True(place < 0 || (place == result.Output.Tokens.Length - 1 && result.FinishReason == FinishReason.StopToken));
        }
    }

    [Fact]
    public void A_cancelled_search_says_so()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        GenerationResult result = Assert.Single(Generator().Generate(["The dog"], Beams, source.Token));
        Assert.Equal((FinishReason.Cancelled, string.Empty), (result.FinishReason, result.Text));
    }

    [Fact]
    public void Several_drawn_outputs_are_different_and_repeatable()
    {
        GenerationOptions drawing = new() { Temperature = 1, NumReturnSequences = 4, MaxNewTokens = 12, Seed = 3, StopTokens = [1, 2] };
        string[] texts = [.. Generator().Generate(["The dog"], drawing, TestContext.Current.CancellationToken).Select(result => result.Text)];
        Assert.Equal(4, texts.Distinct().Count());
        Assert.Equal(texts, Generator().Generate(["The dog"], drawing, TestContext.Current.CancellationToken).Select(result => result.Text));
        Assert.Equal(texts[0], Generator().Generate("The dog", drawing with { NumReturnSequences = 1 }, TestContext.Current.CancellationToken).Text);
    }

    [Theory]
    [InlineData("numBeams: 4\ntemperature: 1", "temperature above 0 does not go with numBeams 4")]
    [InlineData("numBeams: 4\nstopStrings: [a]", "stopStrings does not go with numBeams 4")]
    [InlineData("numBeams: 2\nnumReturnSequences: 3", "numReturnSequences is 3")]
    [InlineData("numReturnSequences: 2", "the same output several times")]
    [InlineData("lengthPenalty: 2", "numBeams is 1")]
    public void What_makes_no_sense_is_refused(string text, string expected)
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("options.yaml", text + "\n");
        Assert.Contains(expected, Assert.Throws<ConfigException>(() => GenerationOptions.Load(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_models_own_beams_are_honoured()
    {
        const string text = """{"num_beams": 4, "length_penalty": 0.8, "early_stopping": true}""";
        GenerationOptions options = GenerationDefaults.Read(HuggingFaceConfig.Parse("generation_config.json", text), "generation_config.json");
        Assert.Equal((4, 0.8, EarlyStopping.WhenFull), (options.NumBeams, options.LengthPenalty, options.EarlyStopping));
    }

    private static int[] Tokens(GenerationOptions options) =>
        [.. Generator().Generate(["Once upon a time"], options, TestContext.Current.CancellationToken)[0].Output.Tokens.Select(token => token.Token)];

    private static TextGenerator Generator() => TextGenerator.Load(SharedFolder.PathOrSkip("data/stories260K/stories260K.gguf"));
}
