using Heed.Models.Configuration;
using Heed.Models.Generation;
using Heed.Models.Pretrained;
using Heed.Testing;

namespace Heed.Models.Tests.Generation;

public sealed class GenerationOptionsTests
{
    [Fact]
    public void They_are_read_from_a_file()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("options.yaml", "temperature: 0.8\ntopP: 0.9\nstopStrings: [\"\\n\\n\"]\nlogitBias: {\"5\": -100}\nloopGuard: null\nseed: 7\n");
        GenerationOptions options = GenerationOptions.Load(path, ["maxNewTokens=9"]);
        Assert.Equal((0.8, 0.9, 7ul, 9), (options.Temperature, options.TopP, options.Seed, options.MaxNewTokens));
        Assert.Equal(["\n\n"], options.StopStrings);
        Assert.Equal(-100, options.LogitBias[5]);
        Assert.Null(options.LoopGuard);
    }

    [Theory]
    [InlineData("temprature: 1", "temprature", "temperature")]
    [InlineData("temperature: -1", "temperature is -1", "from 0 to 1000")]
    [InlineData("topK: 5", "topK chooses", "temperature 0", "set temperature to 1")]
    [InlineData("topP: 0", "topP is 0", "more than 0 and at most 1")]
    [InlineData("minNewTokens: 300", "minNewTokens is 300", "from 0 to 256")]
    [InlineData("stopStrings: [\"\"]", "empty text")]
    [InlineData("loopGuard: {minRepeats: 1}", "loopGuard.minRepeats is 1")]
    public void What_makes_no_sense_is_refused(string text, params string[] parts)
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("options.yaml", text + "\n");
        var error = Assert.Throws<ConfigException>(() => GenerationOptions.Load(path));
        Assert.All(parts, part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_models_own_settings_are_honoured()
    {
        GenerationOptions options = Read("""{"do_sample": true, "temperature": 0.6, "top_p": 0.9, "eos_token_id": [2, 5], "repetition_penalty": 1.1, "max_new_tokens": 40, "bad_words_ids": [[7]], "suppress_tokens": [8]}""");
        Assert.Equal((0.6, 0.9, 50, 1.1, 40), (options.Temperature, options.TopP, options.TopK, options.RepetitionPenalty, options.MaxNewTokens));
        Assert.Equal([2, 5], options.StopTokens);
        Assert.Equal([7, 8], options.SuppressedTokens);
    }

    [Fact]
    public void Without_do_sample_a_model_does_not_draw()
    {
        GenerationOptions options = Read("""{"temperature": 0.6, "top_p": 0.9, "eos_token_id": 2}""");
        Assert.Equal((0.0, 1.0, 0), (options.Temperature, options.TopP, options.TopK));
    }

    private static GenerationOptions Read(string text) => GenerationDefaults.Read(HuggingFaceConfig.Parse("generation_config.json", text), "generation_config.json");
}
