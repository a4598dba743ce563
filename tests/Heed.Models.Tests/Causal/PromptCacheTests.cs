using Heed.Models.Causal;
using Heed.Models.Formats;
using Heed.Models.Generation;
using Heed.Nn.Positions;
using Heed.Tensors.Random;
using Heed.Testing;

namespace Heed.Models.Tests.Causal;

/// <summary>A shared prefix saves time and changes nothing, whatever part of it a prompt has.</summary>
public sealed class PromptCacheTests
{
    private static readonly int[] Prefix = [1, 2, 3, 4, 5];
    private static readonly int[][] Prompts = [[1, 2, 3, 4, 5, 6, 7], [1, 2, 3, 4, 5], [1, 2, 9, 4], [8, 8], [1], [1, 2, 3, 4, 5, 6]];

    [Theory]
    [InlineData(null, true)]
    [InlineData(null, false)]
    [InlineData(3, true)]
    public void Outputs_have_the_same_bits_with_and_without_it(int? window, bool rotary)
    {
        DecoderOnlyModel model = Create(window, rotary);
        PromptCache cache = model.ReadPrefix(Prefix);
        using var folder = new TemporaryFolder();
        cache.Save(folder.File("prefix.safetensors"));
        PromptCache loaded = PromptCache.Load(folder.File("prefix.safetensors"));
        Assert.Equal(Prefix, loaded.Tokens);
        string[] expected = Write(model, null);
        Assert.All([cache, loaded, cache.Trim(2), model.ReadPrefix(new[] { 7 })], prefix => Assert.Equal(expected, Write(model, prefix)));
    }

    [Fact]
    public void A_cache_of_another_model_is_refused()
    {
        PromptCache cache = Create(null, true).ReadPrefix(Prefix);
        var other = new DecoderOnlyModel(Create(null, true).Config with { NumLayers = 1 }, random: null);
        Assert.Contains("2 layers", Assert.Throws<ArgumentException>(() => Write(other, cache)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => cache.Trim(6));
        Assert.Throws<ArgumentException>(() => other.ReadPrefix(default));
    }

    [Fact]
    public void A_file_of_something_else_is_refused()
    {
        using var folder = new TemporaryFolder();
        var writer = new SafetensorsWriter();
        writer.Add("tokens", [2], new long[] { 1, 2 });
        writer.Save(folder.File("x.safetensors"));
        Assert.Contains("no prompt cache", Assert.Throws<ModelFileException>(() => PromptCache.Load(folder.File("x.safetensors"))).Message, StringComparison.Ordinal);
    }

    private static string[] Write(DecoderOnlyModel model, PromptCache? prefix)
    {
        var options = new GenerationOptions { Temperature = 1.2, MaxNewTokens = 10, Seed = 3, LoopGuard = null };
        using var run = new GenerationRun(model, [.. Prompts.Select(prompt => new GenerationRequest(prompt, options))], prefix);
        while (run.IsLive)
        {
            run.Step();
        }

        return [.. run.Sequences.Select(sequence => string.Join(' ', sequence.Result().Tokens.Select(token => $"{token.Token}:{BitConverter.DoubleToInt64Bits(token.LogProbability)}")))];
    }

    private static DecoderOnlyModel Create(int? window, bool rotary) => new(
        new DecoderOnlyConfig { VocabSize = 12, DModel = 16, NumLayers = 2, NumHeads = 4, NumKeyHeads = 2, DFeedForward = 32, Window = window, Rotary = rotary ? new RotaryPositions() : null, MaxLength = 40 },
        new SeededRandom(3));
}
