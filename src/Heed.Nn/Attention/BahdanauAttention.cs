using Heed.Tensors;
using Heed.Tensors.Random;

namespace Heed.Nn.Attention;

/// <summary>Additive attention: a small network scores each memory row against the query.</summary>
/// <remarks>
/// score_j = v . tanh(W_s query + W_h memory_j); weights = softmax(scores); context = sum_j weights_j memory_j.
/// Bahdanau et al. 2015, section 3.1 and appendix A.1.2, without biases. All after the projections is one operation:
/// <see cref="Ops.AdditiveAttention"/>.
/// </remarks>
public sealed class BahdanauAttention : RecurrentAttention
{
    /// <summary>Creates a layer.</summary>
    /// <param name="querySize">The width of a query: a decoder's state.</param>
    /// <param name="memorySize">The width of a memory row: an encoder's output.</param>
    /// <param name="attentionSize">The width in which they are compared.</param>
    /// <param name="random">Draws the weights; null leaves them zero, to be loaded.</param>
    public BahdanauAttention(int querySize, int memorySize, int attentionSize, RandomSource? random)
    {
        QueryProjection = Child("query_proj", new Linear(querySize, attentionSize, random, bias: false));
        MemoryProjection = Child("memory_proj", new Linear(memorySize, attentionSize, random, bias: false));
        Score = Child("v", new Linear(attentionSize, 1, random, bias: false));
    }

    /// <summary>W_s.</summary>
    public Linear QueryProjection { get; }

    /// <summary>W_h.</summary>
    public Linear MemoryProjection { get; }

    /// <summary>v.</summary>
    public Linear Score { get; }

    /// <inheritdoc/>
    /// <remarks>Keys W_h memory, and values memory.</remarks>
    public override KeyValues Project(Tensor memory) => new(MemoryProjection.Forward(memory), memory);

    /// <inheritdoc/>
    public override Tensor Forward(Tensor query, KeyValues memory, Segments sequences, AttentionRecorder? recorder = null)
    {
        ArgumentNullException.ThrowIfNull(sequences);
        AttentionWeights? weights = recorder?.Record(this, new AttentionPattern(Segments.Uniform(sequences.Count, 1), sequences).ToSettings(numHeads: 1));
        return Ops.AdditiveAttention(QueryProjection.Forward(query), memory.Keys, Score.Weight, memory.Values, sequences, weights); // [sequences, memorySize]
    }
}
