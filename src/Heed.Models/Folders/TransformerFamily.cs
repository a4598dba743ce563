using Heed.Models.Seq2Seq;

namespace Heed.Models.Folders;

/// <summary>Folders that hold a <see cref="TransformerModel"/>.</summary>
internal sealed class TransformerFamily() : ModelFamily<TransformerConfig, TransformerConfigFile>(HuggingFaceJson.Default.TransformerConfigFile)
{
    protected override IEnumerable<ModelCardEntry> Describe(TransformerConfig config) =>
    [
        new("width (dModel)", $"{config.DModel}"),
        new("layers", $"{config.NumEncoderLayers} in the encoder, {config.NumDecoderLayers} in the decoder"),
        new("attention heads", $"{config.NumHeads}"),
        new("feed-forward width", $"{config.DFeedForward}, {config.Activation}"),
        new("normalisation", config.NormPlacement == Nn.Transformer.NormPlacement.PreNorm ? "before each sub-layer" : "after each sub-layer"),
    ];

    protected override Int128 FewestParameters(TransformerConfig config) => config.FewestParameters;
}
