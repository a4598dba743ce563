using Heed.Tensors.Devices;
using Heed.Tensors.Memory;
using Heed.Tensors.Simd;
using Heed.Tensors.Threading;

namespace Heed.Tensors.Kernels;

/// <summary>Attention of one query for each sequence, whose keys and values a table scatters: a step of cached decoding. One item is a query's head.</summary>
/// <remarks>
/// Does what <see cref="AttentionForward{TVector}"/> does for that query, in the same order and so to the same bits. But keys go from
/// where they lie straight into a transposed panel, and values are read in place: with one query, gathering and packing them
/// costs more than the products.
/// </remarks>
/// <typeparam name="TVector">The vector width.</typeparam>
internal readonly unsafe struct AttentionStep<TVector>(
    float* query, float* key, float* value, AttentionShape shape, float* context, float* logSumExp, int queryRows) : IParallelBody
    where TVector : unmanaged, ISimd<TVector>
{
    // A panel of two columns (the scalar path) is narrower than what a transpose writes.
    private const int TransposeOverrun = 4;

    private static int Block => AttentionTiles<TVector>.Block;

    private static int PanelColumns => GemmTile<TVector>.Columns;

    public void Run(int start, int end)
    {
        int scoresLength = TileProduct<TVector>.PaddedColumns(Block);
        int sumLength = (shape.HeadDim + TVector.Width - 1) / TVector.Width * TVector.Width;
        using var scratch = new Scratch(scoresLength + sumLength + ((long)shape.HeadDim * PanelColumns) + TransposeOverrun);
        float* sum = scratch.Pointer + scoresLength;
        fixed (int* keyRows = shape.Settings.KeyRows)
        {
            for (int item = start; item < end; item++)
            {
                (int sequence, int head) = Math.DivRem(item, shape.Settings.NumHeads);
                Attend(sequence, head, keyRows + shape.Settings.Keys.Starts[sequence], scratch.Pointer, sum, sumLength, sum + sumLength);
            }
        }
    }

    private void Attend(int sequence, int head, int* rows, float* scores, float* sum, int sumLength, float* panel)
    {
        int row = shape.Settings.Queries.Starts[sequence];
        int offset = shape.KeyHeadOffset(head);
        float maximum = float.NegativeInfinity;
        float denominator = 0;
        new Span<float>(sum, sumLength).Clear();
        (int nearest, int end) = shape.VisibleKeys(sequence, 0);
        for (int first = nearest / Block * Block; first < end; first += Block)
        {
            int keys = Math.Min(Block, end - first);
            Scores(query + shape.QueryOffset(row, head), key + offset, rows + first, keys, panel, scores);
            AttentionTiles<TVector>.UpdateRow(scores, sum, sumLength, Math.Max(0, nearest - first), keys, keys, shape.Scale, ref maximum, ref denominator);
            AddValues(scores, value + offset, rows + first, keys, sum);
        }

        logSumExp[((nint)head * queryRows) + row] = AttentionTiles<TVector>.FinishRow(sum, context + shape.QueryOffset(row, head), shape.HeadDim, maximum, denominator);
    }

    private void Scores(float* query, float* keys, int* rows, int count, float* panel, float* scores)
    {
        for (int first = 0; first < count; first += PanelColumns)
        {
            Transpose.Rows(keys, shape.KeyWidth, rows + first, Math.Min(PanelColumns, count - first), shape.HeadDim, panel, PanelColumns);
            GemmTile<TVector>.Multiply(1, query, panel, shape.HeadDim, scores + first, stride: 0, accumulate: false);
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
}
