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
        FinalNorm = config.NormPlacement == NormPlacement.PreNorm ? Child("layer_norm", new LayerNorm(config.DModel, config.NormEpsilon)) : null;
    }

    /// <summary>The layers, the first one first.</summary>
    public IReadOnlyList<EncoderLayer> Layers { get; }

    /// <summary>The normalisation after the last layer, which only a pre-norm stack has.</summary>
    public LayerNorm? FinalNorm { get; }

    /// <summary>Applies all layers to a packed batch.</summary>
    /// <param name="x">[tokens, dModel].</param>
    /// <param name="pattern">Which tokens see which.</param>
    /// <param name="dropout">Dropout's random streams; null for inference.</param>
    /// <param name="recorder">Receives the attention weights when not null.</param>
    /// <returns>[tokens, dModel].</returns>
    public Tensor Forward(Tensor x, AttentionPattern pattern, DropoutSource? dropout = null, AttentionRecorder? recorder = null)
    {
        foreach (EncoderLayer layer in Layers)
        {
            x = layer.Forward(x, pattern, dropout, recorder);
        }

        return FinalNorm?.Forward(x) ?? x;
    }
}
