using Heed.Models.Convolutional;

namespace Heed.Models.Folders;

/// <summary>Folders that hold a <see cref="ConvolutionalModel"/>.</summary>
internal sealed class ConvolutionalFamily() : ModelFamily<ConvolutionalConfig, ConvolutionalConfigFile>(HuggingFaceJson.Default.ConvolutionalConfigFile)
{
    protected override IEnumerable<ModelCardEntry> Describe(ConvolutionalConfig config) =>
    [
        new("widths", $"{config.EmbeddingSize} of a token, {config.HiddenSize} of a layer"),
        new("layers", $"{config.NumEncoderLayers} in the encoder, {config.NumDecoderLayers} in the decoder, each over {config.KernelSize} tokens"),
    ];

    protected override Int128 FewestParameters(ConvolutionalConfig config) =>
        (((Int128)config.VocabSize + (2 * (Int128)config.MaxLength)) * config.EmbeddingSize)
        + (2 * (Int128)config.KernelSize * config.HiddenSize * config.HiddenSize * ((Int128)config.NumEncoderLayers + config.NumDecoderLayers));
}
