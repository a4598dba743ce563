using Heed.Models.Configuration;
using Heed.Models.Decoding;
using Heed.Models.Pretrained;

namespace Heed.Models.Tests.Pretrained;

/// <summary>What <c>generation_config.json</c> of models that read one text and write another means in Hugging Face's library.</summary>
public sealed class GenerationFileTests
{
    private static HuggingFaceConfig Parse(string text) => HuggingFaceConfig.Parse("generation_config.json", text);

    [Theory]
    [InlineData("{}", EarlyStopping.WhenUnlikely)]
    [InlineData("""{"early_stopping": false}""", EarlyStopping.WhenUnlikely)]
    [InlineData("""{"early_stopping": true}""", EarlyStopping.WhenFull)]
    [InlineData("""{"early_stopping": "never"}""", EarlyStopping.WhenImpossible)]
    public void The_rule_that_ends_a_search_is_honoured(string text, EarlyStopping expected) =>
        Assert.Equal(expected, GenerationFile.Decoding(Parse(text)).EarlyStopping);

    [Fact]
    public void A_rule_that_is_not_known_is_named() => Assert.Contains(
        "\"early_stopping\" must be true, false or \"never\"",
        Assert.Throws<ConfigException>(() => GenerationFile.Decoding(Parse("""{"early_stopping": "soon"}"""))).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"max_length": 63}""", 62)] // the start token counts there
    [InlineData("""{"max_new_tokens": 40}""", 40)]
    [InlineData("""{"max_length": 63, "max_new_tokens": 40}""", 40)]
    public void An_output_is_as_long_as_there(string text, int expected) =>
        Assert.Equal(expected, GenerationFile.Decoding(Parse(text)).MaxLengthFor(sourceLength: 500));

    [Fact]
    public void Every_end_token_ends_an_output()
    {
        GenerationTokens tokens = GenerationFile.Tokens(Parse("""{"eos_token_id": [2, 5], "decoder_start_token_id": 7, "bad_words_ids": [[9], [8]]}"""));
        Assert.Equal((7, 2), (tokens.StartId, tokens.EndId));
        Assert.True(tokens.Ends(5));
        Assert.Equal([8, 9], tokens.NeverWritten);
    }
}
