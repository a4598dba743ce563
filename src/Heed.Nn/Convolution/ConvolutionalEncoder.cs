using Heed.Nn.Attention;
using Heed.Tensors;
using Heed.Tensors.Random;

namespace Heed.Nn.Convolution;

/// <summary>Gated convolutions with residual connections that read a source.</summary>
/// <remarks>
/// For each layer x = (GLU(conv(x)) + x) sqrt(0.5); then keys z = W x and values (z + e) sqrt(0.5) sqrt(m), with e the
/// embeddings and m the length of the source: the softmax's average over m rows shrinks with sqrt(m). Gehring et al. 2017,
/// sections 3.2, 3.3 and 3.4.
/// </remarks>
public sealed class ConvolutionalEncoder : Module
{
    private readonly float dropoutProbability;
    private readonly Linear entrance;
    private readonly IReadOnlyList<CenteredConvolution> layers;
    private readonly Linear exit;

    /// <summary>Creates an encoder.</summary>
    /// <param name="embeddingSize">The width of a token's vector.</param>
    /// <param name="hiddenSize">The width of the layers.</param>
    /// <param name="kernelSize">How many tokens an output of a layer sees; odd.</param>
    /// <param name="numLayers">The number of layers.</param>
    /// <param name="dropout">Dropout before each convolution.</param>
    /// <param name="random">Draws the parameters; null leaves them zero, to be loaded.</param>
    /// <param name="weightNormalization">Whether length and direction of the convolutions' weights are trained apart.</param>
    public ConvolutionalEncoder(int embeddingSize, int hiddenSize, int kernelSize, int numLayers, float dropout, RandomSource? random, bool weightNormalization = false)
    {
        dropoutProbability = dropout;
        entrance = Child("fc1", new Linear(embeddingSize, hiddenSize, random));
        var initialization = ConvolutionInitialization.BeforeGate(kernelSize * hiddenSize, 2 * hiddenSize, dropout, weightNormalization);
        layers = Children("convolutions", numLayers, _ => new CenteredConvolution(hiddenSize, 2 * hiddenSize, kernelSize, random, initialization));
        exit = Child("fc2", new Linear(hiddenSize, embeddingSize, random));
    }

    /// <summary>Reads the sources.</summary>
    /// <param name="embeddings">[source tokens, embeddingSize].</param>
    /// <param name="sources">The sources.</param>
    /// <param name="dropout">Dropout's random streams; null for inference.</param>
    /// <returns>What every decoder layer attends to, [source tokens, embeddingSize].</returns>
    public KeyValues Forward(Tensor embeddings, Segments sources, DropoutSource? dropout = null)
    {
        ArgumentNullException.ThrowIfNull(sources);
        Tensor x = entrance.Forward(embeddings);
        foreach (CenteredConvolution layer in layers)
        {
            x = GatedResidual.Mean(Ops.GatedLinearUnit(layer.Forward(dropout.Drop(x, dropoutProbability), sources)), x);
        }

        Tensor keys = exit.Forward(x);
        return new KeyValues(keys, Ops.Multiply(GatedResidual.Mean(keys, embeddings), RootLengths(sources, keys.Shape)));
    }

    private static Tensor RootLengths(Segments sources, Shape shape)
    {
        Tensor roots = Tensor.Zeros(shape);
        Span<float> values = roots.MutableValues();
        for (int i = 0; i < sources.Count; i++)
        {
            values.Slice(sources.Starts[i] * shape[1], sources.Lengths[i] * shape[1]).Fill(MathF.Sqrt(sources.Lengths[i]));
        }

        return roots;
    }
}
