using Heed.Tensors;
using Heed.Tensors.Random;

namespace Heed.Nn.Attention;

/// <summary>Self-attention with one head: what a token asks, offers and says are three learned views of it. The second rung of the ladder.</summary>
/// <remarks>
/// context = attention(x W^Q, x W^K, x W^V). Vaswani et al. 2017, section 3.2.1. With <see cref="AttentionPattern.CausalWithin"/> and
/// dropout it is the third rung, causal attention.
/// </remarks>
public sealed class SelfAttention : Module
{
    private readonly float dropoutProbability;

    /// <summary>Creates a layer.</summary>
    /// <param name="inputSize">The width of a token.</param>
    /// <param name="headDim">The width of queries, keys, values and output.</param>
    /// <param name="random">Draws the weights; null leaves them zero, to be loaded.</param>
    /// <param name="bias">Whether the projections have biases.</param>
    /// <param name="dropout">The share of attention weights to drop in training.</param>
    public SelfAttention(int inputSize, int headDim, RandomSource? random, bool bias = false, float dropout = 0f)
    {
        dropoutProbability = dropout;
        QueryProjection = Child("q_proj", new Linear(inputSize, headDim, random, bias));
        KeyProjection = Child("k_proj", new Linear(inputSize, headDim, random, bias));
        ValueProjection = Child("v_proj", new Linear(inputSize, headDim, random, bias));
    }

    /// <summary>W^Q.</summary>
    public Linear QueryProjection { get; }

    /// <summary>W^K.</summary>
    public Linear KeyProjection { get; }

    /// <summary>W^V.</summary>
    public Linear ValueProjection { get; }

    /// <summary>Attends from every token to the tokens of its sequence.</summary>
    /// <param name="x">[tokens, inputSize].</param>
    /// <param name="pattern">Which tokens form sequences and who sees whom.</param>
    /// <param name="dropout">Dropout's random streams; null for inference.</param>
    /// <param name="recorder">Receives the attention weights when not null.</param>
    /// <returns>[tokens, headDim].</returns>
    public Tensor Forward(Tensor x, AttentionPattern pattern, DropoutSource? dropout = null, AttentionRecorder? recorder = null) =>
        Attend(x, Project(x), pattern, dropout, recorder);

    /// <summary>The keys and values of tokens: what decoding computes once and keeps.</summary>
    /// <param name="x">[tokens, inputSize].</param>
    public KeyValues Project(Tensor x) => new(KeyProjection.Forward(x), ValueProjection.Forward(x));

    /// <summary>Attends from tokens to keys and values that are already projected.</summary>
    /// <param name="x">[query tokens, inputSize].</param>
    /// <param name="memory">The projected rows.</param>
    /// <param name="pattern">Which tokens form sequences and who sees whom.</param>
    /// <param name="dropout">Dropout's random streams; null for inference.</param>
    /// <param name="recorder">Receives the attention weights when not null.</param>
    /// <returns>[query tokens, headDim].</returns>
    public Tensor Attend(Tensor x, KeyValues memory, AttentionPattern pattern, DropoutSource? dropout = null, AttentionRecorder? recorder = null)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        AttentionSettings settings = pattern.ToSettings(numHeads: 1, dropoutProbability, dropout);
        return ScaledDotProductAttention.Forward(QueryProjection.Forward(x), memory.Keys, memory.Values, settings, recorder?.Record(this, settings));
    }
}
