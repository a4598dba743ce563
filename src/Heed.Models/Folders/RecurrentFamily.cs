using Heed.Models.Recurrent;
using Heed.Nn.Recurrent;

namespace Heed.Models.Folders;

/// <summary>Folders that hold a <see cref="RecurrentModel"/>.</summary>
internal sealed class RecurrentFamily() : ModelFamily<RecurrentConfig, RecurrentConfigFile>(HuggingFaceJson.Default.RecurrentConfigFile)
{
    protected override IEnumerable<ModelCardEntry> Describe(RecurrentConfig config) =>
    [
        new("cell", $"{config.Cell}"),
        new("attention", $"{config.Attention}"),
        new("widths", $"{config.EmbeddingSize} of a token, {config.HiddenSize} of a state"),
        new("layers", $"{config.NumEncoderLayers} in the encoder, {config.NumDecoderLayers} in the decoder"),
        new("encoder", config.Bidirectional ? "reads in both directions" : "reads forward"),
    ];

    protected override Int128 FewestParameters(RecurrentConfig config)
    {
        int gates = config.Cell switch { RecurrentCellKind.Lstm => 4, RecurrentCellKind.Gru => 3, _ => 1 };
        Int128 Stack(int layers, int directions, int hidden) =>
            gates * directions * (Int128)hidden * (config.EmbeddingSize + ((layers - 1) * (Int128)config.HiddenSize) + (layers * (Int128)hidden));
        return ((Int128)config.VocabSize * config.EmbeddingSize)
            + Stack(config.NumEncoderLayers, config.Bidirectional ? 2 : 1, config.EncoderHiddenSize)
            + Stack(config.NumDecoderLayers, 1, config.HiddenSize);
    }
}
