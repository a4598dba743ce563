using Heed.Tensors;
using Heed.Tensors.Random;

namespace Heed.Nn.Attention;

/// <summary>Attention from one text to another: a decoder's tokens ask, an encoder's output answers. The fifth rung of the ladder.</summary>
/// <remarks>
/// output = multiHead(query = x W^Q, key = memory W^K, value = memory W^V). Vaswani et al. 2017, section 3.2.3, first point. The layer is
/// <see cref="MultiHeadAttention"/>; only where keys and values come from is new.
/// </remarks>
public static class CrossAttention
{
    /// <summary>Creates a layer whose memory may have another width than its queries.</summary>
    /// <param name="dModel">The width of queries and output.</param>
    /// <param name="memorySize">The width of a memory row.</param>
    /// <param name="numHeads">The number of heads; divides dModel.</param>
    /// <param name="random">Draws the weights; null leaves them zero, to be loaded.</param>
    public static MultiHeadAttention Create(int dModel, int memorySize, int numHeads, RandomSource? random) =>
        new(new MultiHeadAttentionConfig { DModel = dModel, MemorySize = memorySize, NumHeads = numHeads }, random);

    /// <summary>Every query of a sequence sees the whole memory of the same number, and no other.</summary>
    /// <param name="queries">The sequences of query rows.</param>
    /// <param name="memory">The sequences of memory rows.</param>
    public static AttentionPattern Pattern(Segments queries, Segments memory) => new(queries, memory);
}
