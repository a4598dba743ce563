using Heed.Models.Configuration;
using Heed.Models.Seq2Seq;
using Heed.Nn.Transformer;
using Heed.Tensors;
using Heed.Training.Configuration;

namespace Heed.Training.Tests.Configuration;

public sealed class TransformerSectionTests
{
    [Fact]
    public void A_preset_alone_is_the_preset()
    {
        Assert.Equal(TransformerConfig.Tiny(500), new TransformerSection { Preset = "tiny" }.ToConfig(500));
        Assert.Equal(TransformerConfig.Small(500), new TransformerSection().ToConfig(500));
        Assert.Equal(TransformerConfig.Base(500), new TransformerSection { Preset = "base" }.ToConfig(500));
        Assert.Equal(TransformerConfig.Big(500), new TransformerSection { Preset = "big" }.ToConfig(500));
    }

    [Fact]
    public void What_departs_from_the_preset_wins()
    {
        var section = new TransformerSection
        {
            Preset = "tiny", DModel = 24, NumHeads = 3, DFeedForward = 50, NumEncoderLayers = 4, NumDecoderLayers = 1, Dropout = 0, AttentionDropout = 0.1f,
            ActivationDropout = 0.2f, Activation = Activation.Gelu, NormPlacement = NormPlacement.PreNorm, MaxLength = 40,
        };
        var expected = new TransformerConfig
        {
            VocabSize = 300, DModel = 24, NumHeads = 3, DFeedForward = 50, NumEncoderLayers = 4, NumDecoderLayers = 1, Dropout = 0, AttentionDropout = 0.1f,
            ActivationDropout = 0.2f, Activation = Activation.Gelu, NormPlacement = NormPlacement.PreNorm, MaxLength = 40,
        };
        Assert.Equal(expected, section.ToConfig(300));
    }

    [Theory]
    [InlineData(100, 3, "dModel 100 is not divisible by numHeads 3 (100 / 3 = 33.3)")]
    [InlineData(0, 3, "dModel is 0; it must be at least 1")]
    public void Sizes_that_do_not_fit_are_explained(int dModel, int numHeads, string message)
    {
        var section = new TransformerSection { DModel = dModel, NumHeads = numHeads };
        Assert.Equal(message, Assert.Throws<ConfigException>(section.ToConfig(500).Validate).Message);
    }
}
