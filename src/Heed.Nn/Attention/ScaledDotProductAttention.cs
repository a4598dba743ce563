using Heed.Tensors;

namespace Heed.Nn.Attention;

/// <summary>Attention without any learned parameter: the function that everything else here is built around.</summary>
public static class ScaledDotProductAttention
{
    /// <summary>For each query, the average of the values, weighted by how well their keys match the query.</summary>
    /// <param name="query">[query rows, numHeads * headDim].</param>
    /// <param name="key">[key rows, numKeyHeads * headDim].</param>
    /// <param name="value">The shape of <paramref name="key"/>.</param>
    /// <param name="settings">The heads, and which queries see which keys: see <see cref="AttentionPattern.ToSettings"/>.</param>
    /// <param name="weights">Receives the attention weights when not null.</param>
    /// <returns>The context, [query rows, numHeads * headDim].</returns>
    /// <remarks>
    /// <para>context = softmax(query key^T / sqrt(headDim)) value, for each sequence and head. Vaswani et al. 2017, section 3.2.1, equation 1.</para>
    /// <para>The scores, weights and context are computed together, in <see cref="Ops.Attention"/>.</para>
    /// </remarks>
    public static Tensor Forward(Tensor query, Tensor key, Tensor value, AttentionSettings settings, AttentionWeights? weights = null) =>
        Ops.Attention(query, key, value, settings, weights);
}
