using Heed.Tensors;

namespace Heed.Nn.Attention;

/// <summary>Self-attention without anything to learn: a token is its own query, key and value. The first rung of the ladder.</summary>
/// <remarks>
/// weights = softmax(x x^T); context = weights x, without a scale. Raschka, Build a Large Language Model (From Scratch), section 3.3.
/// </remarks>
public static class SimplifiedSelfAttention
{
    /// <summary>Replaces each token by an average of its sequence, weighted by how alike the tokens are.</summary>
    /// <param name="x">[tokens, dModel].</param>
    /// <param name="pattern">Which tokens form sequences and who sees whom.</param>
    /// <param name="weights">Receives the attention weights when not null.</param>
    /// <returns>The context, [tokens, dModel].</returns>
    public static Tensor Forward(Tensor x, AttentionPattern pattern, AttentionWeights? weights = null) =>
        ScaledDotProductAttention.Forward(x, x, x, Settings(pattern), weights);

    /// <summary>The settings of a call: one head and no scale.</summary>
    /// <param name="pattern">Which tokens form sequences and who sees whom.</param>
    public static AttentionSettings Settings(AttentionPattern pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        return pattern.ToSettings(numHeads: 1) with { Scale = 1f };
    }
}
