using Heed.Tensors.Devices;
using Heed.Tensors.Memory;
using Heed.Tensors.Simd;
using Heed.Tensors.Threading;

namespace Heed.Tensors.Kernels;

/// <summary>Attention, forward: one item is a block of queries of one sequence and head.</summary>
/// <remarks>
/// Walks over tiles of keys with a running maximum m and denominator l for each query (Milakov and Gimelshein 2018):
/// with m' = max(m, max(scores)), the context so far and l are multiplied by exp(m - m') before the tile's share is added.
/// A tile that a query cannot see changes neither, so that a query's result has the same bits whatever queries share
/// its panel: cached decoding, which asks for one query at a time, equals training.
/// </remarks>
/// <typeparam name="TVector">The vector width.</typeparam>
internal readonly unsafe struct AttentionForward<TVector>(
    float* query, float* key, float* value, AttentionShape shape, float* context, float* logSumExp, int queryRows, (int Sequence, int Head, int First)[] items, AttentionWeights? weights) : IParallelBody
    where TVector : unmanaged, ISimd<TVector>
{
    private static int Width => AttentionPanels<TVector>.Width;

    private static int Keys => AttentionPanels<TVector>.Keys;

    private static int Queries => AttentionPanels<TVector>.Queries;

    public void Run(int start, int end)
    {
        var panels = new AttentionPanels<TVector>(shape);
        int panelsLength = Queries / Width * panels.PanelLength;
        int gatheredLength = shape.Settings.KeyRows is null ? 0 : Keys * shape.HeadDim;
        using var scratch = new Scratch((2L * panelsLength) + (2 * Queries) + panels.RowsLength + panels.ColumnsLength + AttentionPanels<TVector>.TileLength + AttentionTerms<TVector>.ScratchLength + gatheredLength);
        var work = new Work { Queries = scratch.Pointer };
        work.Sums = work.Queries + panelsLength;
        work.Maxima = work.Sums + panelsLength;
        work.Denominators = work.Maxima + Queries;
        work.Keys = work.Denominators + Queries;
        work.Values = work.Keys + panels.RowsLength;
        work.Scores = work.Values + panels.ColumnsLength;
        work.Terms = work.Scores + AttentionPanels<TVector>.TileLength;
        work.Gathered = work.Terms + AttentionTerms<TVector>.ScratchLength;
        for (int item = start; item < end; item++)
        {
            (int sequence, int head, int first) = items[item];
            Attend(panels, work, sequence, head, first, Math.Min(Queries, shape.Settings.Queries.Lengths[sequence] - first));
        }
    }

    private void Attend(in AttentionPanels<TVector> panels, in Work work, int sequence, int head, int first, int count)
    {
        int row = shape.Settings.Queries.Starts[sequence] + first;
        panels.Transposed(query + shape.QueryOffset(row, head), count, work.Queries);
        new Span<float>(work.Maxima, Queries).Fill(float.NegativeInfinity);
        new Span<float>(work.Denominators, Queries).Clear();
        new Span<float>(work.Sums, AttentionPanels<TVector>.CountOf(count) * panels.PanelLength).Clear();
        int nearest = shape.VisibleKeys(sequence, first).First / Keys * Keys;
        int last = shape.VisibleKeys(sequence, first + count - 1).End;
        for (int firstKey = nearest; firstKey < last; firstKey += Keys)
        {
            int keys = Math.Min(Keys, last - firstKey);
            panels.Rows(key, sequence, firstKey, keys, head, work.Keys);
            panels.Columns(value, sequence, firstKey, keys, head, work.Gathered, work.Values);
            for (int i = 0; i < count; i += Width)
            {
                Tile(panels, work, sequence, head, first, i, Math.Min(Width, count - i), firstKey, keys);
            }
        }

        for (int i = 0; i < count; i += Width)
        {
            Finish(panels, work, i, Math.Min(Width, count - i), head, row + i);
        }

        if (weights is not null)
        {
            KeepWeights(panels, work, sequence, head, first, count);
        }
    }

    // scores -> weights -> context, of the queries of one panel (from the i-th of the block) and the keys of one tile.
    private void Tile(in AttentionPanels<TVector> panels, in Work work, int sequence, int head, int first, int i, int count, int firstKey, int keys)
    {
        var terms = new AttentionTerms<TVector>(shape);
        int seen = terms.Seen(sequence, first + i, count, firstKey, keys);
        if (seen == 0)
        {
            return;
        }

        float* sums = work.Sums + (i * shape.HeadDim);
        panels.Multiply(work.Keys, seen, work.Queries + (i * shape.HeadDim), work.Scores);
        float scale = terms.Mask(work.Scores, sequence, head, first + i, count, firstKey, seen, work.Terms);
        AttentionSoftmax<TVector>.UpdatePanel(work.Scores, seen, scale, work.Maxima + i, work.Denominators + i, sums, shape.HeadDim);
        if (shape.Settings.Dropout > 0)
        {
            AttentionTerms<TVector>.Multiply(work.Scores, Width, seen, terms.KeepFactors(sequence, head, first + i, count, firstKey, seen, work.Terms));
        }

        GemmTile<TVector>.Multiply(shape.HeadDim, work.Values, work.Scores, seen, sums, Width, accumulate: true);
    }

    private void Finish(in AttentionPanels<TVector> panels, in Work work, int i, int count, int head, int row)
    {
        float* sums = work.Sums + (i * shape.HeadDim);
        AttentionSoftmax<TVector>.FinishPanel(sums, shape.HeadDim, work.Maxima + i, work.Denominators + i);
        Transpose.Block(sums, Width, shape.HeadDim, count, context + shape.QueryOffset(row, head), shape.QueryWidth);
        new Span<float>(work.Maxima + i, count).CopyTo(new Span<float>(logSumExp + ((nint)head * queryRows) + row, count));
    }

    // The tiles once more, now that the denominators are known.
    private void KeepWeights(in AttentionPanels<TVector> panels, in Work work, int sequence, int head, int first, int count)
    {
        var terms = new AttentionTerms<TVector>(shape);
        float[,] map = weights![sequence, head];
        int end = shape.VisibleKeys(sequence, first + count - 1).End;
        for (int firstKey = 0; firstKey < end; firstKey += Keys)
        {
            int keys = Math.Min(Keys, end - firstKey);
            panels.Rows(key, sequence, firstKey, keys, head, work.Keys);
            for (int i = 0; i < count; i += Width)
            {
                int columns = Math.Min(Width, count - i);
                panels.Multiply(work.Keys, keys, work.Queries + (i * shape.HeadDim), work.Scores);
                float scale = terms.Mask(work.Scores, sequence, head, first + i, columns, firstKey, keys, work.Terms);
                AttentionSoftmax<TVector>.Weights(work.Scores, keys, scale, work.Maxima + i);
                for (int j = 0; j < keys; j++)
                {
                    for (int column = 0; column < columns; column++)
                    {
                        map[first + i + column, firstKey + j] = work.Scores[(j * Width) + column];
                    }
                }
            }
        }
    }

    /// <summary>The scratch memory of one thread.</summary>
    private struct Work
    {
        public float* Queries;
        public float* Sums;
        public float* Maxima;
        public float* Denominators;
        public float* Keys;
        public float* Values;
        public float* Scores;
        public float* Terms;
        public float* Gathered;
    }
}
