using System.Runtime.CompilerServices;
using Heed.Tensors.Devices;
using Heed.Tensors.Memory;
using Heed.Tensors.Simd;
using Heed.Tensors.Threading;

namespace Heed.Tensors.Kernels;

/// <summary>Attention, backward: one item is one sequence and key head, with all query heads that share it.</summary>
/// <remarks>
/// The weights P = exp(scale * Q K^T - logSumExp) are computed again, tile by tile. With the upstream gradient dO:
/// dV = P^T dO; dP = dO V^T; dS = P * (dP - D), where D = sum(dO * O) over headDim; dQ = dS (scale K); dK = dS^T (scale Q)
/// (Dao et al. 2022, appendix B.2); the gradient of a distance's bias is the sum of its dS. Dropout multiplies P where it meets
/// values, and dP. One item runs on one thread and walks its tiles in order, so that every sum has one order.
/// A head's queries and upstream gradients are packed once, in both directions; a tile's P^T and dS^T come out of
/// their products in the order in which the next products read them.
/// </remarks>
/// <typeparam name="TVector">The vector width.</typeparam>
internal readonly unsafe struct AttentionBackward<TVector>(
    float* query, float* key, float* value, AttentionShape shape, float* context, float* logSumExp, int queryRows,
    float* dContext, float* dQuery, float* dKey, float* dValue, Tensor? dDistanceBias, int keyHeads) : IParallelBody
    where TVector : unmanaged, ISimd<TVector>
{
    private static int Width => AttentionPanels<TVector>.Width;

    private static int Keys => AttentionPanels<TVector>.Keys;

    private static int Queries => AttentionPanels<TVector>.Queries;

    private static int RowStride => GemmTile<TVector>.RowStride;

    public void Run(int start, int end)
    {
        var panels = new AttentionPanels<TVector>(shape);
        int padded = AttentionPanels<TVector>.CountOf(shape.Settings.Queries.MaxLength) * Width;
        long columnsLength = (long)padded * shape.HeadDim;
        long plainLength = (long)padded * panels.HeadPanels * Width;
        int sumsLength = Keys * panels.HeadPanels * Width;
        using var scratch = new Scratch(
            (3 * columnsLength) + (2 * plainLength) + (2L * padded) + (2 * panels.RowsLength) + panels.ColumnsLength + (2 * Keys * RowStride) + (2 * sumsLength)
            + (2 * AttentionPanels<TVector>.TileLength) + AttentionTerms<TVector>.ScratchLength);
        var work = new Work { QueryColumns = scratch.Pointer, SumStride = panels.HeadPanels * Width };
        work.UpstreamColumns = work.QueryColumns + columnsLength;
        work.QuerySums = work.UpstreamColumns + columnsLength;
        work.QueryRows = work.QuerySums + columnsLength;
        work.UpstreamRows = work.QueryRows + plainLength;
        work.LogSumExp = work.UpstreamRows + plainLength;
        work.Dots = work.LogSumExp + padded;
        work.KeyRows = work.Dots + padded;
        work.ValueRows = work.KeyRows + panels.RowsLength;
        work.KeyColumns = work.ValueRows + panels.RowsLength;
        work.Weights = work.KeyColumns + panels.ColumnsLength;
        work.Gradients = work.Weights + (Keys * RowStride);
        work.KeySums = work.Gradients + (Keys * RowStride);
        work.ValueSums = work.KeySums + sumsLength;
        work.Scores = work.ValueSums + sumsLength;
        work.ScoreGradients = work.Scores + AttentionPanels<TVector>.TileLength;
        work.Terms = work.ScoreGradients + AttentionPanels<TVector>.TileLength;
        int group = shape.Settings.NumHeads / keyHeads;
        for (int item = start; item < end; item++)
        {
            (int sequence, int keyHead) = Math.DivRem(item, keyHeads);
            for (int head = keyHead * group; head < (keyHead + 1) * group; head++)
            {
                Head(panels, work, sequence, head, add: head % group > 0);
            }
        }
    }

    private void Head(in AttentionPanels<TVector> panels, in Work work, int sequence, int head, bool add)
    {
        int count = shape.Settings.Queries.Lengths[sequence];
        int offset = shape.QueryOffset(shape.Settings.Queries.Starts[sequence], head);
        panels.Transposed(query + offset, count, work.QueryColumns);
        panels.Transposed(dContext + offset, count, work.UpstreamColumns);
        panels.Plain(query + offset, count, work.QueryRows);
        panels.Plain(dContext + offset, count, work.UpstreamRows);
        Multiply(work.QueryRows, count * Width, panels.HeadPanels, count * Width, shape.Scale);
        new Span<float>(work.QuerySums, AttentionPanels<TVector>.CountOf(count) * panels.PanelLength).Clear();
        QueryTerms(work, sequence, head, count);
        int keyCount = shape.Settings.Keys.Lengths[sequence];
        for (int firstKey = 0; firstKey < keyCount; firstKey += Keys)
        {
            KeyTile(panels, work, sequence, head, firstKey, Math.Min(Keys, keyCount - firstKey), add);
        }

        for (int i = 0; i < count; i += Width)
        {
            Transpose.Block(work.QuerySums + ((nint)i * shape.HeadDim), Width, shape.HeadDim, Math.Min(Width, count - i), dQuery + offset + ((nint)i * shape.QueryWidth), shape.QueryWidth);
        }
    }

    private void KeyTile(in AttentionPanels<TVector> panels, in Work work, int sequence, int head, int firstKey, int keys, bool add)
    {
        panels.Rows(key, sequence, firstKey, keys, head, work.KeyRows);
        panels.Rows(value, sequence, firstKey, keys, head, work.ValueRows);
        panels.Columns(key, sequence, firstKey, keys, head, null, work.KeyColumns);
        Multiply(work.KeyColumns, keys, shape.HeadDim, RowStride, shape.Scale);
        int offset = shape.KeyOffset(sequence, firstKey, head);
        Load(dKey + offset, keys, work.KeySums, work.SumStride, add);
        Load(dValue + offset, keys, work.ValueSums, work.SumStride, add);
        int first = shape.VisibleQueries(sequence, firstKey).First / Width * Width;
        int end = shape.VisibleQueries(sequence, firstKey + keys - 1).End;
        for (; first < end; first += Queries)
        {
            Tile(panels, work, sequence, head, first, Math.Min(Queries, end - first), firstKey, keys);
        }

        Store(work.KeySums, work.SumStride, keys, dKey + offset);
        Store(work.ValueSums, work.SumStride, keys, dValue + offset);
    }

    // The queries of a tile: panel by panel to P^T and dS^T and the gradient of the queries, then all together to those of the keys and values.
    private void Tile(in AttentionPanels<TVector> panels, in Work work, int sequence, int head, int first, int count, int firstKey, int keys)
    {
        for (int i = 0; i < count; i += Width)
        {
            Panel(panels, work, sequence, head, first + i, Math.Min(Width, count - i), i, firstKey, keys);
        }

        int length = shape.Settings.Queries.Lengths[sequence];
        for (int panel = 0; panel < panels.HeadPanels; panel++)
        {
            nint rows = (((nint)panel * length) + first) * Width;
            GemmTile<TVector>.Multiply(keys, work.Weights, work.UpstreamRows + rows, count, work.ValueSums + (panel * Width), work.SumStride, accumulate: true);
            GemmTile<TVector>.Multiply(keys, work.Gradients, work.QueryRows + rows, count, work.KeySums + (panel * Width), work.SumStride, accumulate: true);
        }
    }

    private void Panel(in AttentionPanels<TVector> panels, in Work work, int sequence, int head, int first, int count, int column, int firstKey, int keys)
    {
        var terms = new AttentionTerms<TVector>(shape);
        int seen = terms.Seen(sequence, first, count, firstKey, keys);
        float* weights = work.Weights + column;
        float* gradients = work.Gradients + column;
        Clear(weights, seen, keys);
        Clear(gradients, seen, keys);
        if (seen == 0)
        {
            return;
        }

        nint columns = (nint)first * shape.HeadDim;
        panels.Multiply(work.KeyRows, seen, work.QueryColumns + columns, work.Scores);
        panels.Multiply(work.ValueRows, seen, work.UpstreamColumns + columns, work.ScoreGradients);
        float scale = terms.Mask(work.Scores, sequence, head, first, count, firstKey, seen, work.Terms);
        float* factors = null;
        if (shape.Settings.Dropout > 0)
        {
            factors = terms.KeepFactors(sequence, head, first, count, firstKey, seen, work.Terms);
            AttentionTerms<TVector>.Multiply(work.ScoreGradients, Width, seen, factors);
        }

        Weigh(work.Scores, work.ScoreGradients, seen, scale, work.LogSumExp + first, work.Dots + first, weights, gradients);
        if (factors is not null)
        {
            AttentionTerms<TVector>.Multiply(weights, RowStride, seen, factors);
        }

        if (dDistanceBias is not null)
        {
            // Each sequence has its own row of sums, so that no two threads add to the same.
            terms.AddBiasGradient(work.ScoreGradients, dDistanceBias.Pointer + ((nint)sequence * dDistanceBias.Columns), sequence, head, first, firstKey, seen);
        }

        GemmTile<TVector>.Multiply(shape.HeadDim, work.KeyColumns, work.ScoreGradients, seen, work.QuerySums + columns, Width, accumulate: true);
    }

    // P = exp(scale * scores - logSumExp) and dS = P * (dP - D), each where the products want it; dS also in place of dP.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Weigh(float* scores, float* scoreGradients, int keys, float scale, float* logSumExp, float* dots, float* weights, float* gradients)
    {
        var factor = TVector.Broadcast(scale);
        for (int lane = 0; lane < Width; lane += TVector.Width)
        {
            TVector offset = TVector.Broadcast(0f) - TVector.Load(logSumExp + lane);
            var dot = TVector.Load(dots + lane);
            for (int j = 0; j < keys; j++)
            {
                TVector weight = VectorMath<TVector>.Exp(TVector.MultiplyAdd(TVector.Load(scores + (j * Width) + lane), factor, offset));
                TVector gradient = weight * (TVector.Load(scoreGradients + (j * Width) + lane) - dot);
                weight.Store(weights + (j * RowStride) + lane);
                gradient.Store(gradients + (j * RowStride) + lane);
                gradient.Store(scoreGradients + (j * Width) + lane);
            }
        }
    }

    // The logarithm of the softmax's denominator and D of every query: the sum of dO * O, which equals the sum of dP * P.
    private void QueryTerms(in Work work, int sequence, int head, int count)
    {
        int padded = AttentionPanels<TVector>.CountOf(count) * Width;
        new Span<float>(work.LogSumExp, padded).Clear();
        new Span<float>(work.Dots, padded).Clear();
        int row = shape.Settings.Queries.Starts[sequence];
        new Span<float>(logSumExp + ((nint)head * queryRows) + row, count).CopyTo(new Span<float>(work.LogSumExp, count));
        for (int i = 0; i < count; i++)
        {
            int offset = shape.QueryOffset(row + i, head);
            work.Dots[i] = Dot(dContext + offset, context + offset);
        }
    }

    private float Dot(float* x, float* y)
    {
        var sum = TVector.Broadcast(0f);
        int d = 0;
        for (; d + TVector.Width <= shape.HeadDim; d += TVector.Width)
        {
            sum = TVector.MultiplyAdd(TVector.Load(x + d), TVector.Load(y + d), sum);
        }

        float dot = TVector.Sum(sum);
        for (; d < shape.HeadDim; d++)
        {
            dot += x[d] * y[d];
        }

        return dot;
    }

    private static void Multiply(float* values, int count, int rows, int stride, float factor)
    {
        var factors = TVector.Broadcast(factor);
        for (int row = 0; row < rows; row++)
        {
            float* to = values + ((nint)row * stride);
            for (int i = 0; i < count; i += TVector.Width) // may run into the room between rows
            {
                (TVector.Load(to + i) * factors).Store(to + i);
            }
        }
    }

    private static void Clear(float* tile, int from, int to)
    {
        for (int j = from; j < to; j++)
        {
            new Span<float>(tile + (j * RowStride), Width).Clear();
        }
    }

    // What the heads before this one have added, or zeros.
    private void Load(float* from, int rows, float* sums, int stride, bool add)
    {
        new Span<float>(sums, rows * stride).Clear();
        for (int row = 0; add && row < rows; row++)
        {
            new Span<float>(from + ((nint)row * shape.KeyWidth), shape.HeadDim).CopyTo(new Span<float>(sums + (row * stride), shape.HeadDim));
        }
    }

    private void Store(float* sums, int stride, int rows, float* to)
    {
        for (int row = 0; row < rows; row++)
        {
            new Span<float>(sums + (row * stride), shape.HeadDim).CopyTo(new Span<float>(to + ((nint)row * shape.KeyWidth), shape.HeadDim));
        }
    }

    /// <summary>The scratch memory of one thread.</summary>
    private struct Work
    {
        public float* QueryColumns;
        public float* UpstreamColumns;
        public float* QuerySums;
        public float* QueryRows;
        public float* UpstreamRows;
        public float* LogSumExp;
        public float* Dots;
        public float* KeyRows;
        public float* ValueRows;
        public float* KeyColumns;
        public float* Weights;
        public float* Gradients;
        public float* KeySums;
        public float* ValueSums;
        public float* Scores;
        public float* ScoreGradients;
        public float* Terms;
        public int SumStride;
    }
}
