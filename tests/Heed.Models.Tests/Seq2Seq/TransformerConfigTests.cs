using Heed.Models.Configuration;
using Heed.Models.Seq2Seq;
using Heed.Tensors;

namespace Heed.Models.Tests.Seq2Seq;

public sealed class TransformerConfigTests
{
    public static TheoryData<TransformerConfig, string> Mistakes => new()
    {
        { Valid with { DModel = 1600, NumHeads = 48 }, "dModel 1600 is not divisible by numHeads 48 (1600 / 48 = 33.3)" },
        { Valid with { NumEncoderLayers = 0 }, "numEncoderLayers is 0; it must be at least 1" },
        { Valid with { Dropout = 1f }, "dropout is 1; a probability lies in [0, 1)" },
        { Valid with { AttentionDropout = float.NaN }, "attentionDropout is NaN" },
        { Valid with { EosId = 100 }, "eosId 100 is outside the vocabulary of 100 (0 to 99)" },
        { Valid with { VocabSize = 2_000_000, DModel = 2048 }, "vocabSize 2000000 times dModel 2048 is 4096000000" },
    };

    private static TransformerConfig Valid => TransformerConfig.Base(100);

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_explained_with_its_values(TransformerConfig config, string message) =>
        Assert.Contains(message, Assert.Throws<ConfigException>(config.Validate).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("tiny", 128, 4, 512, 2)]
    [InlineData("small", 256, 4, 1024, 3)]
    [InlineData("base", 512, 8, 2048, 6)]
    [InlineData("big", 1024, 16, 4096, 6)]
    public void Presets_are_valid_and_have_their_sizes(string name, int dModel, int numHeads, int dFeedForward, int numLayers)
    {
        TransformerConfig config = name switch
        {
            "tiny" => TransformerConfig.Tiny(100),
            "small" => TransformerConfig.Small(100),
            "base" => TransformerConfig.Base(100),
            _ => TransformerConfig.Big(100),
        };
        config.Validate();
        Assert.Equal((dModel, numHeads, dFeedForward, numLayers, numLayers), (config.DModel, config.NumHeads, config.DFeedForward, config.NumEncoderLayers, config.NumDecoderLayers));
        Assert.True(config is { ShareEmbeddings: true, TieOutput: true, ScaleEmbeddings: true, Activation: Activation.Relu });
    }

    [Fact]
    public void The_tiny_model_has_the_parameters_that_its_sizes_promise()
    {
        int attention = 4 * ((128 * 128) + 128);
        int feedForward = (2 * 128 * 512) + 512 + 128;
        int norm = 2 * 128;
        int encoderLayer = attention + feedForward + (2 * norm);
        int decoderLayer = (2 * attention) + feedForward + (3 * norm);
        Assert.Equal((100 * 128) + (2 * encoderLayer) + (2 * decoderLayer), new TransformerModel(TransformerConfig.Tiny(100), random: null).ParameterCount);
    }
}
