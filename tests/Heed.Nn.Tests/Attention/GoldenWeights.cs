using Heed.Tensors;
using Heed.Testing;

namespace Heed.Nn.Tests.Attention;

/// <summary>Compares recorded attention weights with PyTorch's.</summary>
internal static class GoldenWeights
{
    /// <param name="expected">[batch, heads, queries, keys], zero at padding.</param>
    /// <param name="actual">What was recorded.</param>
    public static void Check(Tensor expected, AttentionWeights actual)
    {
        for (int sequence = 0; sequence < expected.Shape[0]; sequence++)
        {
            for (int head = 0; head < expected.Shape[1]; head++)
            {
                float[,] map = actual[sequence, head];
                Tensor plane = expected.RowRange(sequence, 1);
                int queries = expected.Shape[2], keys = expected.Shape[3];
                for (int i = 0; i < queries; i++)
                {
                    for (int j = 0; j < keys; j++)
                    {
                        float weight = j < map.GetLength(1) ? map[i, j] : 0;
                        Assert.Equal(plane.Values[(((head * queries) + i) * keys) + j], weight, 2e-5f);
                    }
                }
            }
        }
    }
}
