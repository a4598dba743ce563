using Heed.Tensors.Devices;
using Heed.Tensors.Memory;
using Heed.Tensors.Simd;
using Heed.Tensors.Threading;

namespace Heed.Tensors.Kernels;

/// <summary>Attention of few queries for each sequence: a step of decoding. One item is a sequence's head.</summary>
/// <remarks>
/// Does what <see cref="AttentionForward{TVector}"/> does for those queries, in the same order and so to the same bits. But each
/// query has a row of scores, where a panel would leave most lanes idle; keys go from where they lie straight into a transposed
/// panel, and values are read in place: with few queries, gathering and packing them costs more than the products.
/// </remarks>
/// <typeparam name="TVector">The vector width.</typeparam>
internal readonly unsafe struct AttentionStep<TVector>(
    float* query, float* key, float* value, AttentionShape shape, float* context, float* logSumExp, int queryRows) : IParallelBody
    where TVector : unmanaged, ISimd<TVector>
{
    /// <summary>The most queries of a sequence: with more, panels of queries are faster.</summary>
    public const int MostQueries = 8;

    // A panel of two columns (the scalar path) is narrower than what a transpose writes.
    private const int TransposeOverrun = 4;

    // Room for whole vectors from any key on.
    private const int ScoresLength = Keys + 32;

    private const int Keys = AttentionPanels<TVector>.Keys;

    private static int PanelColumns => GemmTile<TVector>.Columns;

    public void Run(int start, int end)
    {
        int most = shape.Settings.Queries.MaxLength;
        int sumLength = (shape.HeadDim + TVector.Width - 1) / TVector.Width * TVector.Width;
        using var scratch = new Scratch((most * (GemmTile<TVector>.RowStride + ScoresLength + sumLength + 2L)) + ((long)shape.HeadDim * PanelColumns) + TransposeOverrun + Keys);
        var work = new Work { Queries = scratch.Pointer, SumLength = sumLength };
        work.Scores = work.Queries + (most * GemmTile<TVector>.RowStride);
        work.Sums = work.Scores + (most * ScoresLength);
        work.Panel = work.Sums + (most * sumLength);
        work.Maxima = work.Panel + ((nint)shape.HeadDim * PanelColumns) + TransposeOverrun;
        work.Denominators = work.Maxima + most;
        work.Rows = (int*)(work.Denominators + most);
        for (int item = start; item < end; item++)
        {
            (int sequence, int head) = Math.DivRem(item, shape.Settings.NumHeads);
            Attend(work, sequence, head);
        }
    }

    private void Attend(in Work work, int sequence, int head)
    {
        int count = shape.Settings.Queries.Lengths[sequence];
        int row = shape.Settings.Queries.Starts[sequence];
        float* queries = query + shape.QueryOffset(row, head);
        if (shape.HeadDim <= GemmTile<TVector>.BlockK)
        {
            GemmPacking<TVector>.Left(queries, shape.QueryWidth, transposed: false, count, shape.HeadDim, work.Queries);
        }

        new Span<float>(work.Maxima, count).Fill(float.NegativeInfinity);
        new Span<float>(work.Denominators, count).Clear();
        new Span<float>(work.Sums, count * work.SumLength).Clear();
        int end = count == 0 ? 0 : shape.VisibleKeys(sequence, count - 1).End;
        for (int first = count == 0 ? 0 : shape.VisibleKeys(sequence, 0).First / Keys * Keys; first < end; first += Keys)
        {
            Tile(work, queries, sequence, head, count, first, Math.Min(Keys, end - first));
        }

        for (int i = 0; i < count; i++)
        {
            logSumExp[((nint)head * queryRows) + row + i] = AttentionSoftmax<TVector>.FinishRow(
                work.Sums + (i * work.SumLength), context + shape.QueryOffset(row + i, head), shape.HeadDim, work.Maxima[i], work.Denominators[i]);
        }
    }

    private void Tile(in Work work, float* queries, int sequence, int head, int count, int first, int keys)
    {
        FindRows(work.Rows, shape.Settings.Keys.Starts[sequence] + first, keys);
        Scores(work, queries, key + shape.KeyHeadOffset(head), count, keys);
        var terms = new AttentionTerms<TVector>(shape);
        for (int i = 0; i < count; i++)
        {
            (int from, int to) = shape.VisibleKeys(sequence, i);
            (from, to) = (Math.Max(0, from - first), Math.Min(keys, to - first));
            if (from < to)
            {
                float* scores = work.Scores + (i * ScoresLength);
                float* sum = work.Sums + (i * work.SumLength);
                float scale = terms.AddRowBias(scores, sequence, head, i, first, from, to);
                AttentionSoftmax<TVector>.UpdateRow(scores, from, to, scale, ref work.Maxima[i], ref work.Denominators[i], sum, work.SumLength);
                AddValues(scores + from, value + shape.KeyHeadOffset(head), work.Rows + from, to - from, sum);
            }
        }
    }

    // Where the keys of a tile lie.
    private void FindRows(int* rows, int start, int count)
    {
        if (shape.Settings.KeyRows is { } table)
        {
            table.AsSpan(start, count).CopyTo(new Span<int>(rows, count));
            return;
        }

        for (int j = 0; j < count; j++)
        {
            rows[j] = start + j;
        }
    }

    private void Scores(in Work work, float* queries, float* keys, int count, int keyCount)
    {
        for (int first = 0; first < keyCount; first += PanelColumns)
        {
            Transpose.Rows(keys, shape.KeyWidth, work.Rows + first, Math.Min(PanelColumns, keyCount - first), shape.HeadDim, work.Panel, PanelColumns);
            if (shape.HeadDim <= GemmTile<TVector>.BlockK)
            {
                GemmTile<TVector>.Multiply(count, work.Queries, work.Panel, shape.HeadDim, work.Scores + first, ScoresLength, accumulate: false);
                continue;
            }

            for (int i = 0; i < count; i++)
            {
                GemmTile<TVector>.Multiply(1, queries + ((nint)i * shape.QueryWidth), work.Panel, shape.HeadDim, work.Scores + (i * ScoresLength) + first, stride: 0, accumulate: false);
            }
        }
    }

    // sum += weights values, each element one chain in the order of the keys.
    private void AddValues(float* weights, float* values, int* rows, int count, float* sum)
    {
        int w = TVector.Width;
        int d = 0;
        for (; d + (4 * w) <= shape.HeadDim; d += 4 * w)
        {
            TVector sum0 = TVector.Load(sum + d), sum1 = TVector.Load(sum + d + w), sum2 = TVector.Load(sum + d + (2 * w)), sum3 = TVector.Load(sum + d + (3 * w));
            for (int j = 0; j < count; j++)
            {
                float* from = values + ((nint)rows[j] * shape.KeyWidth) + d;
                var weight = TVector.Broadcast(weights[j]);
                sum0 = TVector.MultiplyAdd(weight, TVector.Load(from), sum0);
                sum1 = TVector.MultiplyAdd(weight, TVector.Load(from + w), sum1);
                sum2 = TVector.MultiplyAdd(weight, TVector.Load(from + (2 * w)), sum2);
                sum3 = TVector.MultiplyAdd(weight, TVector.Load(from + (3 * w)), sum3);
            }

            sum0.Store(sum + d);
            sum1.Store(sum + d + w);
            sum2.Store(sum + d + (2 * w));
            sum3.Store(sum + d + (3 * w));
        }

        for (; d < shape.HeadDim; d += w)
        {
            AddValueVector(weights, values + d, rows, count, Math.Min(w, shape.HeadDim - d), sum + d);
        }
    }

    private void AddValueVector(float* weights, float* values, int* rows, int count, int lanes, float* sum)
    {
        var zero = TVector.Broadcast(0f);
        var total = TVector.Load(sum);
        for (int j = 0; j < count; j++)
        {
            float* from = values + ((nint)rows[j] * shape.KeyWidth);
            TVector elements = lanes == TVector.Width ? TVector.Load(from) : TVector.LoadPartial(from, lanes, zero);
            total = TVector.MultiplyAdd(TVector.Broadcast(weights[j]), elements, total);
        }

        total.Store(sum);
    }

    /// <summary>The scratch memory of one thread.</summary>
    private struct Work
    {
        public float* Queries;
        public float* Scores;
        public float* Sums;
        public float* Panel;
        public float* Maxima;
        public float* Denominators;
        public int* Rows;
        public int SumLength;
    }
}
