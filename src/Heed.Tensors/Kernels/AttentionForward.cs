using Heed.Tensors.Devices;
using Heed.Tensors.Simd;
using Heed.Tensors.Threading;

namespace Heed.Tensors.Kernels;

/// <summary>Attention, forward: one item is a block of queries of one sequence and head.</summary>
/// <remarks>
/// Walks over blocks of keys with a running maximum m and denominator l for each query (Milakov and Gimelshein 2018):
/// with m' = max(m, max(scores)), the context so far and l are multiplied by exp(m - m') before the block's share is added.
/// A block that a query cannot see changes neither, so that a query's result has the same bits whatever queries share
/// its tile: cached decoding, which asks for one query at a time, equals training.
/// </remarks>
/// <typeparam name="TVector">The vector width.</typeparam>
internal readonly unsafe struct AttentionForward<TVector>(
    float* query, float* key, float* value, AttentionShape shape, float* context, float* logSumExp, int queryRows, (int Sequence, int Head, int First)[] items, AttentionWeights? weights) : IParallelBody
    where TVector : unmanaged, ISimd<TVector>
{
    private static int Block => AttentionTiles<TVector>.Block;

    public void Run(int start, int end)
    {
        var tiles = new AttentionTiles<TVector>(shape, tiles: 2, headTiles: 1, extra: 2 * Block);
        float* scores = tiles.TakeTile();
        float* queryTile = tiles.TakeTile();
        float* sums = tiles.TakeHeadTile();
        float* maxima = tiles.Take(Block);
        float* denominators = tiles.Take(Block);
        for (int item = start; item < end; item++)
        {
            (int sequence, int head, int first) = items[item];
            int count = Math.Min(Block, shape.Settings.Queries.Lengths[sequence] - first);
            new Span<float>(maxima, count).Fill(float.NegativeInfinity);
            new Span<float>(denominators, count).Clear();
            new Span<float>(sums, count * tiles.HeadStride).Clear();
            TileOperand queries = tiles.Queries(query, shape.Settings.Queries.Starts[sequence] + first, count, head, queryTile);
            (int nearest, int last) = VisibleBlocks(sequence, first, count);
            for (int firstKey = nearest; firstKey < last; firstKey += Block)
            {
                int keys = Math.Min(Block, shape.Settings.Keys.Lengths[sequence] - firstKey);
                Scores(tiles, queries, sequence, head, count, firstKey, keys, scores);
                for (int i = 0; i < count; i++)
                {
                    float* row = scores + (i * AttentionTiles<TVector>.Stride);
                    (int from, int to) = tiles.Seen(sequence, first + i, firstKey, keys);
                    float scale = tiles.AddBias(row, sequence, first + i, head, firstKey, to);
                    AttentionTiles<TVector>.UpdateRow(row, sums + (i * tiles.HeadStride), tiles.HeadStride, from, to, keys, scale, ref maxima[i], ref denominators[i]);
                    if (shape.Settings.Dropout > 0)
                    {
                        tiles.Drop(row, sequence, first + i, head, firstKey, keys);
                    }
                }

                TileOperand values = tiles.Values(value, sequence, firstKey, keys, head, transposed: false);
                TileProduct<TVector>.Multiply(new TileOperand(scores, AttentionTiles<TVector>.Stride), values, count, keys, shape.HeadDim, sums, tiles.HeadStride, accumulate: true, tiles.Scratch);
            }

            Finish(tiles, sequence, head, first, count, sums, maxima, denominators);
            if (weights is not null)
            {
                KeepWeights(tiles, queries, sequence, head, first, count, scores);
            }
        }

        tiles.Release();
    }

    // Where the first block begins that some query of the tile sees, and where the last key lies that one sees.
    private (int First, int End) VisibleBlocks(int sequence, int first, int count) =>
        (shape.VisibleKeys(sequence, first).First / Block * Block, shape.VisibleKeys(sequence, first + count - 1).End);

    private void Scores(in AttentionTiles<TVector> tiles, in TileOperand queries, int sequence, int head, int count, int firstKey, int keys, float* scores)
    {
        TileOperand transposedKeys = tiles.Keys(key, sequence, firstKey, keys, head, transposed: true);
        TileProduct<TVector>.Multiply(queries, transposedKeys, count, shape.HeadDim, keys, scores, AttentionTiles<TVector>.Stride, accumulate: false, tiles.Scratch);
    }

    private void Finish(in AttentionTiles<TVector> tiles, int sequence, int head, int first, int count, float* sums, float* maxima, float* denominators)
    {
        for (int i = 0; i < count; i++)
        {
            int row = shape.Settings.Queries.Starts[sequence] + first + i;
            float* sum = sums + (i * tiles.HeadStride);
            logSumExp[((nint)head * queryRows) + row] = AttentionTiles<TVector>.FinishRow(sum, context + shape.QueryOffset(row, head), shape.HeadDim, maxima[i], denominators[i]);
        }
    }

    private void KeepWeights(in AttentionTiles<TVector> tiles, in TileOperand queries, int sequence, int head, int first, int count, float* scores)
    {
        float[,] map = weights![sequence, head];
        (int nearest, int last) = VisibleBlocks(sequence, first, count);
        for (int firstKey = nearest; firstKey < last; firstKey += Block)
        {
            int keys = Math.Min(Block, shape.Settings.Keys.Lengths[sequence] - firstKey);
            Scores(tiles, queries, sequence, head, count, firstKey, keys, scores);
            for (int i = 0; i < count; i++)
            {
                float* row = scores + (i * AttentionTiles<TVector>.Stride);
                (int from, int to) = tiles.Seen(sequence, first + i, firstKey, keys);
                float scale = tiles.AddBias(row, sequence, first + i, head, firstKey, to);
                int queryRow = shape.Settings.Queries.Starts[sequence] + first + i;
                AttentionTiles<TVector>.Exponentials(row, from, to, keys, scale, logSumExp[((nint)head * queryRows) + queryRow]);
                for (int j = 0; j < keys; j++)
                {
                    map[first + i, firstKey + j] = row[j];
                }
            }
        }
    }
}
