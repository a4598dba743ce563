using Heed.Nn.Attention;
using Heed.Nn.Norms;
using Heed.Tensors;
using Heed.Tensors.Random;

namespace Heed.Nn.Transformer;

/// <summary>A stack of <see cref="DecoderLayer"/>s.</summary>
public sealed class TransformerDecoder : Module
{
    /// <summary>Creates a stack.</summary>
    /// <param name="config">Sizes and choices of every layer.</param>
    /// <param name="numLayers">The number of layers.</param>
    /// <param name="random">Draws the weights; null leaves them zero, to be loaded.</param>
    public TransformerDecoder(TransformerLayerConfig config, int numLayers, RandomSource? random)
    {
        ArgumentNullException.ThrowIfNull(config);
        Layers = Children("layers", numLayers, _ => new DecoderLayer(config, random));
        FinalNorm = config.NormPlacement == NormPlacement.PreNorm ? Child("layer_norm", config.CreateNorm()) : null;
    }

    /// <summary>The layers, the first one first.</summary>
    public IReadOnlyList<DecoderLayer> Layers { get; }

    /// <summary>The normalisation after the last layer, which only a pre-norm stack has.</summary>
    public Norm? FinalNorm { get; }

    /// <summary>The encoder's output as keys and values for each layer's cross-attention.</summary>
    /// <param name="memory">The encoder's output, [source tokens, dModel].</param>
    /// <param name="dropout">The step's dropout, or null for none.</param>
    public IReadOnlyList<KeyValues> ProjectMemory(Tensor memory, DropoutSource? dropout = null) =>
        [.. Layers.Select(layer => layer.CrossAttention.Project(memory, positions: null, dropout))];

    /// <summary>Applies all layers to a packed batch.</summary>
    /// <param name="x">[target tokens, dModel].</param>
    /// <param name="memory">What <see cref="ProjectMemory"/> made of the encoder's output.</param>
    /// <param name="pattern">Who sees whom.</param>
    /// <param name="caches">One cache for each layer, which supply earlier tokens; null when x is everything.</param>
    /// <param name="dropout">Dropout's random streams; null for inference.</param>
    /// <param name="recorder">Receives the attention weights when not null.</param>
    /// <returns>[target tokens, dModel].</returns>
    public Tensor Forward(
        Tensor x,
        IReadOnlyList<KeyValues> memory,
        DecoderPattern pattern,
        IReadOnlyList<KeyValueCache>? caches = null,
        DropoutSource? dropout = null,
        AttentionRecorder? recorder = null)
    {
        ArgumentNullException.ThrowIfNull(memory);
        for (int i = 0; i < Layers.Count; i++)
        {
            x = Layers[i].Forward(x, memory[i], pattern, caches?[i], dropout, recorder);
        }

        return FinalNorm?.Forward(x) ?? x;
    }
}
