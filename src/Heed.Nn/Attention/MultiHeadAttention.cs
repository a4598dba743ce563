using Heed.Tensors;
using Heed.Tensors.Random;

namespace Heed.Nn.Attention;

/// <summary>Attention with several heads, each with its own learned projections: self-attention, causal or not, and cross-attention.</summary>
/// <remarks>
/// head_i = attention(query W_i^Q, memory W_i^K, memory W_i^V); output = concat(heads) W^O. Vaswani et al. 2017, section 3.2.2.
/// The projections of all heads are one matrix each, and have biases, which the paper does not mention and its code has.
/// </remarks>
public sealed class MultiHeadAttention : Module
{
    // As initialised, the three input projections together are one Xavier-uniform matrix [3 * dModel, dModel] (PyTorch, fairseq).
    private static readonly float InputGain = MathF.Sqrt(0.5f);

    private readonly float dropoutProbability;

    /// <summary>Creates a layer.</summary>
    /// <param name="dModel">The width of queries, memory and output.</param>
    /// <param name="numHeads">The number of heads; divides dModel.</param>
    /// <param name="random">Draws the weights; null leaves them zero, to be loaded.</param>
    /// <param name="dropout">The share of attention weights to drop in training.</param>
    /// <exception cref="ArgumentException">numHeads does not divide dModel.</exception>
    public MultiHeadAttention(int dModel, int numHeads, SeededRandom? random, float dropout = 0f)
    {
        if (numHeads < 1 || dModel % numHeads != 0)
        {
            throw new ArgumentException(FormattableString.Invariant($"dModel {dModel} is not divisible by numHeads {numHeads} ({dModel} / {numHeads} = {(double)dModel / numHeads:0.0})"), nameof(numHeads));
        }

        NumHeads = numHeads;
        dropoutProbability = dropout;
        QueryProjection = Child("q_proj", new Linear(dModel, dModel, random, gain: InputGain));
        KeyProjection = Child("k_proj", new Linear(dModel, dModel, random, gain: InputGain));
        ValueProjection = Child("v_proj", new Linear(dModel, dModel, random, gain: InputGain));
        OutputProjection = Child("out_proj", new Linear(dModel, dModel, random));
    }

    /// <summary>The number of heads.</summary>
    public int NumHeads { get; }

    /// <summary>W^Q of all heads.</summary>
    public Linear QueryProjection { get; }

    /// <summary>W^K of all heads.</summary>
    public Linear KeyProjection { get; }

    /// <summary>W^V of all heads.</summary>
    public Linear ValueProjection { get; }

    /// <summary>W^O.</summary>
    public Linear OutputProjection { get; }

    /// <summary>Attends from x to memory; they are the same tensor in self-attention.</summary>
    /// <param name="x">[query rows, dModel].</param>
    /// <param name="memory">[key rows, dModel].</param>
    /// <param name="pattern">Which queries see which keys.</param>
    /// <param name="dropout">Dropout's random streams; null for inference.</param>
    /// <param name="recorder">Receives the attention weights when not null.</param>
    /// <returns>[query rows, dModel].</returns>
    public Tensor Forward(Tensor x, Tensor memory, AttentionPattern pattern, DropoutSource? dropout = null, AttentionRecorder? recorder = null) =>
        Attend(x, Project(memory), pattern, dropout, recorder);

    /// <summary>The keys and values of memory rows: what decoding computes once and keeps.</summary>
    /// <param name="memory">[key rows, dModel].</param>
    public KeyValues Project(Tensor memory) => new(KeyProjection.Forward(memory), ValueProjection.Forward(memory));

    /// <summary>Attends from x to keys and values that are already projected.</summary>
    /// <param name="x">[query rows, dModel].</param>
    /// <param name="memory">The projected rows.</param>
    /// <param name="pattern">Which queries see which keys.</param>
    /// <param name="dropout">Dropout's random streams; null for inference.</param>
    /// <param name="recorder">Receives the attention weights when not null.</param>
    /// <returns>[query rows, dModel].</returns>
    public Tensor Attend(Tensor x, KeyValues memory, AttentionPattern pattern, DropoutSource? dropout = null, AttentionRecorder? recorder = null)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        Tensor query = QueryProjection.Forward(x); // [query rows, numHeads * headDim]
        AttentionSettings settings = pattern.ToSettings(NumHeads, dropoutProbability, dropout);
        AttentionWeights? weights = recorder?.Record(this, settings);
        Tensor context = ScaledDotProductAttention.Forward(query, memory.Keys, memory.Values, settings, weights);
        return OutputProjection.Forward(context);
    }
}
