using Heed.Tensors.Random;

namespace Heed.Nn.Attention;

/// <summary>Multi-head attention whose query heads share key heads in groups: a cache of keys and values that is smaller by the size of a group.</summary>
/// <remarks>
/// <para>head_i = attention(x W_i^Q, memory W_g^K, memory W_g^V) with g = floor(i * numKeyHeads / numHeads). One key head for all is
/// multi-query attention (Shazeer 2019, section 3); as many as queries is <see cref="MultiHeadAttention"/>; what lies between is Ainslie et
/// al. 2023, section 2.2.</para>
/// <para>The layer is <see cref="MultiHeadAttention"/> with narrower key and value projections, without biases as in LLaMA.</para>
/// </remarks>
public static class GroupedQueryAttention
{
    /// <summary>Creates a layer with several key heads.</summary>
    /// <param name="dModel">The width of input and output.</param>
    /// <param name="numHeads">The number of query heads.</param>
    /// <param name="numKeyHeads">The number of key and value heads; divides numHeads.</param>
    /// <param name="random">Draws the weights; null leaves them zero, to be loaded.</param>
    /// <param name="dropout">The share of attention weights to drop in training.</param>
    public static MultiHeadAttention Create(int dModel, int numHeads, int numKeyHeads, RandomSource? random, float dropout = 0f) =>
        new(new MultiHeadAttentionConfig { DModel = dModel, NumHeads = numHeads, NumKeyHeads = numKeyHeads, InputBias = false, OutputBias = false, Dropout = dropout }, random);

    /// <summary>Creates a layer with one key head for all queries: multi-query attention.</summary>
    /// <param name="dModel">The width of input and output.</param>
    /// <param name="numHeads">The number of query heads.</param>
    /// <param name="random">Draws the weights; null leaves them zero, to be loaded.</param>
    /// <param name="dropout">The share of attention weights to drop in training.</param>
    public static MultiHeadAttention CreateMultiQuery(int dModel, int numHeads, RandomSource? random, float dropout = 0f) =>
        Create(dModel, numHeads, numKeyHeads: 1, random, dropout);
}
