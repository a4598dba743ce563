using Heed.Nn.Attention;
using Heed.Nn.Norms;
using Heed.Tensors;
using Heed.Tensors.Random;

namespace Heed.Nn.Transformer;

/// <summary>A stack of <see cref="EncoderLayer"/>s.</summary>
public sealed class TransformerEncoder : Module
{
    /// <summary>Creates a stack.</summary>
    /// <param name="config">Sizes and choices of every layer.</param>
    /// <param name="numLayers">The number of layers.</param>
    /// <param name="random">Draws the weights; null leaves them zero, to be loaded.</param>
    public TransformerEncoder(TransformerLayerConfig config, int numLayers, RandomSource? random)
    {
        ArgumentNullException.ThrowIfNull(config);
        Layers = Children("layers", numLayers, _ => new EncoderLayer(config, random));
        FinalNorm = config.NormPlacement == NormPlacement.PreNorm ? Child("layer_norm", config.CreateNorm()) : null;
    }

    /// <summary>The layers, the first one first.</summary>
    public IReadOnlyList<EncoderLayer> Layers { get; }

    /// <summary>The normalisation after the last layer, which only a pre-norm stack has.</summary>
    public Norm? FinalNorm { get; }

    /// <summary>Applies all layers to a packed batch.</summary>
    /// <param name="x">[tokens, dModel].</param>
    /// <param name="pattern">Which tokens see which.</param>
    /// <param name="caches">One cache for each layer, which supply earlier tokens; null when x is everything.</param>
    /// <param name="dropout">Dropout's random streams; null for inference.</param>
    /// <param name="recorder">Receives the attention weights when not null.</param>
    /// <returns>[tokens, dModel].</returns>
    public Tensor Forward(Tensor x, AttentionPattern pattern, IReadOnlyList<KeyValueCache>? caches = null, DropoutSource? dropout = null, AttentionRecorder? recorder = null)
    {
        for (int i = 0; i < Layers.Count; i++)
        {
            x = Layers[i].Forward(x, pattern, caches?[i], dropout, recorder);
        }

        return FinalNorm?.Forward(x) ?? x;
    }
}
