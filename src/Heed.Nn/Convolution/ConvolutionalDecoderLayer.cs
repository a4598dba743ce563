using Heed.Nn.Attention;
using Heed.Tensors;
using Heed.Tensors.Random;

namespace Heed.Nn.Convolution;

/// <summary>A gated causal convolution that attends to the source, with a residual connection.</summary>
/// <remarks>
/// h = GLU(conv(x)); d = (W_d h + b_d + g) sqrt(0.5), with g the target embeddings; c = attention(d);
/// y = ((W_c c + b_c + h) sqrt(0.5) + x) sqrt(0.5). Gehring et al. 2017, section 3.3, equations 1 and 2.
/// </remarks>
public sealed class ConvolutionalDecoderLayer : Module
{
    private readonly float dropoutProbability;
    private readonly Linear query;
    private readonly Linear output;

    /// <summary>Creates a layer.</summary>
    /// <param name="embeddingSize">The width of a token's vector and of what is attended to.</param>
    /// <param name="hiddenSize">The width of the layer.</param>
    /// <param name="kernelSize">How many tokens an output sees.</param>
    /// <param name="dropout">Dropout before the convolution.</param>
    /// <param name="random">Draws the parameters; null leaves them zero, to be loaded.</param>
    /// <param name="weightNormalization">Whether length and direction of the convolution's weight are trained apart.</param>
    public ConvolutionalDecoderLayer(int embeddingSize, int hiddenSize, int kernelSize, float dropout, RandomSource? random, bool weightNormalization = false)
    {
        dropoutProbability = dropout;
        var initialization = ConvolutionInitialization.BeforeGate(kernelSize * hiddenSize, 2 * hiddenSize, dropout, weightNormalization);
        Convolution = Child("conv", new CausalConvolution(hiddenSize, 2 * hiddenSize, kernelSize, random, initialization));
        query = Child("in_projection", new Linear(hiddenSize, embeddingSize, random));
        Attention = Child("attention", LuongAttention.Dot());
        output = Child("out_projection", new Linear(embeddingSize, hiddenSize, random));
    }

    /// <summary>The convolution.</summary>
    public CausalConvolution Convolution { get; }

    /// <summary>The attention, under which a recorder keeps its weights.</summary>
    public LuongAttention Attention { get; }

    /// <summary>Reads whole targets.</summary>
    /// <param name="x">[target tokens, hiddenSize].</param>
    /// <param name="embeddings">The target embeddings, [target tokens, embeddingSize].</param>
    /// <param name="targets">The targets.</param>
    /// <param name="memory">What the encoder made of the sources.</param>
    /// <param name="sources">The memory rows of each target.</param>
    /// <param name="dropout">Dropout's random streams; null for inference.</param>
    /// <param name="recorder">Receives the attention weights when not null.</param>
    /// <returns>[target tokens, hiddenSize].</returns>
    public Tensor Forward(Tensor x, Tensor embeddings, Segments targets, KeyValues memory, Segments sources, DropoutSource? dropout = null, AttentionRecorder? recorder = null) =>
        Attend(Convolution.Forward(dropout.Drop(x, dropoutProbability), targets), x, embeddings, memory, new AttentionPattern(targets, sources), recorder);

    /// <summary>Reads one more token of each target, in inference.</summary>
    /// <param name="x">[targets, hiddenSize].</param>
    /// <param name="past">The past of the convolution.</param>
    /// <param name="embeddings">[targets, embeddingSize].</param>
    /// <param name="memory">What the encoder made of the sources.</param>
    /// <param name="sources">The memory rows of each target; several may share rows.</param>
    /// <returns>[targets, hiddenSize], and the past of the next token.</returns>
    public (Tensor Output, Tensor Past) Step(Tensor x, Tensor past, Tensor embeddings, KeyValues memory, Segments sources)
    {
        ArgumentNullException.ThrowIfNull(sources);
        (Tensor convolved, Tensor next) = Convolution.Step(x, past);
        return (Attend(convolved, x, embeddings, memory, new AttentionPattern(Segments.Uniform(sources.Count, 1), sources), recorder: null), next);
    }

    private Tensor Attend(Tensor convolved, Tensor x, Tensor embeddings, KeyValues memory, AttentionPattern pattern, AttentionRecorder? recorder)
    {
        Tensor hidden = Ops.GatedLinearUnit(convolved);
        Tensor asking = GatedResidual.Mean(query.Forward(hidden), embeddings); // [target tokens, embeddingSize]
        Tensor context = output.Forward(Attention.Forward(asking, memory, pattern, recorder));
        return GatedResidual.Mean(GatedResidual.Mean(context, hidden), x);
    }
}
