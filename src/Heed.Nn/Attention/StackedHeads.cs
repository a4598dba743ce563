using Heed.Tensors;
using Heed.Tensors.Random;

namespace Heed.Nn.Attention;

/// <summary>Attention with several heads as it is easiest to understand: single heads side by side. The fourth rung of the ladder.</summary>
/// <remarks>
/// <para>output = concat(head_1(x), ..., head_h(x)) W^O, the equation of Vaswani et al. 2017, section 3.2.2, word for word. Without W^O it is the
/// wrapper of Raschka, section 3.6.1.</para>
/// <para><see cref="MultiHeadAttention"/> computes the same from one matrix of all heads, which is how models do it.</para>
/// </remarks>
public sealed class StackedHeads : Module
{
    /// <summary>Creates a layer.</summary>
    /// <param name="inputSize">The width of a token.</param>
    /// <param name="headDim">The width of one head's output.</param>
    /// <param name="numHeads">The number of heads.</param>
    /// <param name="random">Draws the weights; null leaves them zero, to be loaded.</param>
    /// <param name="outputSize">The width after W^O; null leaves W^O out.</param>
    /// <param name="bias">Whether the heads' projections have biases.</param>
    /// <param name="dropout">The share of attention weights to drop in training.</param>
    public StackedHeads(int inputSize, int headDim, int numHeads, RandomSource? random, int? outputSize = null, bool bias = false, float dropout = 0f)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(numHeads, 1);
        Heads = Children("heads", numHeads, _ => new SelfAttention(inputSize, headDim, random, bias, dropout));
        OutputProjection = outputSize is { } width ? Child("out_proj", new Linear(numHeads * headDim, width, random)) : null;
    }

    /// <summary>The heads.</summary>
    public IReadOnlyList<SelfAttention> Heads { get; }

    /// <summary>W^O, or null.</summary>
    public Linear? OutputProjection { get; }

    /// <summary>Attends with every head and joins what they found.</summary>
    /// <param name="x">[tokens, inputSize].</param>
    /// <param name="pattern">Which tokens form sequences and who sees whom.</param>
    /// <param name="dropout">Dropout's random streams; null for inference.</param>
    /// <param name="recorder">Receives each head's attention weights when not null.</param>
    /// <returns>[tokens, numHeads * headDim], or [tokens, outputSize] with W^O.</returns>
    public Tensor Forward(Tensor x, AttentionPattern pattern, DropoutSource? dropout = null, AttentionRecorder? recorder = null)
    {
        Tensor joined = Ops.Concat(1, [.. Heads.Select(head => head.Forward(x, pattern, dropout, recorder))]); // [tokens, numHeads * headDim]
        return OutputProjection?.Forward(joined) ?? joined;
    }

    /// <summary>Takes over the weights of split heads: head i gets row block i of each projection.</summary>
    /// <param name="split">Multi-head self-attention of the same sizes.</param>
    public void CopyFrom(MultiHeadAttention split)
    {
        ArgumentNullException.ThrowIfNull(split);
        for (int i = 0; i < Heads.Count; i++)
        {
            CopyBlock(split.QueryProjection, Heads[i].QueryProjection, i);
            CopyBlock(split.KeyProjection, Heads[i].KeyProjection, i);
            CopyBlock(split.ValueProjection, Heads[i].ValueProjection, i);
        }

        if (OutputProjection is not null)
        {
            CopyBlock(split.OutputProjection, OutputProjection, 0);
        }
    }

    private static void CopyBlock(Linear from, Linear to, int block)
    {
        from.Weight.Values.Slice(block * to.Weight.Count, to.Weight.Count).CopyTo(to.Weight.MutableValues());
        if (to.Bias is not null)
        {
            from.Bias!.Values.Slice(block * to.Bias.Count, to.Bias.Count).CopyTo(to.Bias.MutableValues());
        }
    }
}
