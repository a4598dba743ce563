using Heed.Models.Configuration;
using Heed.Models.Convolutional;
using Heed.Models.Recurrent;
using Heed.Nn.Recurrent;
using Heed.Training.Configuration;

namespace Heed.Training.Tests.Configuration;

/// <summary>The sections of the models that came before the Transformer.</summary>
public sealed class OtherSectionTests
{
    [Fact]
    public void Presets_are_the_cells_with_and_without_attention()
    {
        Assert.Equal(RecurrentConfig.Plain(RecurrentCellKind.Lstm, 500), new RecurrentSection { Preset = "lstm" }.ToConfig(500));
        Assert.Equal(RecurrentConfig.Plain(RecurrentCellKind.Rnn, 500), new RecurrentSection { Preset = "rnn" }.ToConfig(500));
        Assert.Equal(RecurrentConfig.Attending(RecurrentCellKind.Gru, 500), new RecurrentSection().ToConfig(500));
        Assert.Equal(new ConvolutionalConfig { VocabSize = 500 }, new ConvolutionalSection().ToConfig(500));
    }

    [Fact]
    public void What_departs_from_the_preset_wins()
    {
        var section = new RecurrentSection
        {
            Preset = "gru", Cell = RecurrentCellKind.Lstm, Attention = RecurrentAttentionKind.LuongDot, EmbeddingSize = 12, HiddenSize = 14, NumEncoderLayers = 2, NumDecoderLayers = 3, Bidirectional = true, Dropout = 0.4f, MaxLength = 33,
        };
        var expected = new RecurrentConfig
        {
            VocabSize = 9, Cell = RecurrentCellKind.Lstm, Attention = RecurrentAttentionKind.LuongDot, EmbeddingSize = 12, HiddenSize = 14, NumEncoderLayers = 2, NumDecoderLayers = 3, Bidirectional = true, Dropout = 0.4f, MaxLength = 33,
        };
        Assert.Equal(expected, section.ToConfig(9));
        var convolutional = new ConvolutionalSection { EmbeddingSize = 12, HiddenSize = 14, KernelSize = 5, NumEncoderLayers = 2, NumDecoderLayers = 3, Dropout = 0.4f, MaxLength = 33, WeightNormalization = true };
        Assert.Equal(
            new ConvolutionalConfig { VocabSize = 9, EmbeddingSize = 12, HiddenSize = 14, KernelSize = 5, NumEncoderLayers = 2, NumDecoderLayers = 3, Dropout = 0.4f, MaxLength = 33, WeightNormalization = true },
            convolutional.ToConfig(9));
    }

    [Fact]
    public void Presets_of_another_architecture_are_refused()
    {
        Assert.Contains("architecture recurrent are rnn, lstm", Assert.Throws<ConfigException>(() => new RecurrentSection { Preset = "tiny" }.ToConfig(9)).Message, StringComparison.Ordinal);
        Assert.Contains("architecture convolutional is conv", Assert.Throws<ConfigException>(() => new ConvolutionalSection { Preset = "gru" }.ToConfig(9)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(7, 3, "hiddenSize 7 is odd")]
    [InlineData(0, 3, "hiddenSize is 0; it must be at least 1")]
    [InlineData(8, 4, "kernelSize is 4; it must be odd")]
    public void Sizes_that_do_not_fit_are_explained(int hiddenSize, int kernelSize, string message)
    {
        void Validate()
        {
            new RecurrentSection { HiddenSize = hiddenSize }.ToConfig(500).Validate();
            new ConvolutionalSection { KernelSize = kernelSize }.ToConfig(500).Validate();
        }

        Assert.Contains(message, Assert.Throws<ConfigException>(Validate).Message, StringComparison.Ordinal);
    }
}
