using Heed.Tensors.Kernels;
using Heed.Tensors.Memory;

namespace Heed.Tensors.Devices;

/// <content>Additive attention.</content>
internal sealed unsafe partial class CpuDevice<TVector>
{
    public override void AdditiveAttention(Tensor query, Tensor keys, Tensor score, Tensor values, AdditiveAttentionShape shape, Tensor weights, Tensor context)
    {
        fixed (int* starts = shape.Rows.Starts, lengths = shape.Rows.Lengths, offsets = shape.Offsets)
        {
            var rows = new AdditiveAttentionRows(starts, lengths, offsets, keys.Columns, values.Columns, shape.Rows.MaxLength);
            var kernel = new AdditiveAttentionForward<TVector>(query.Pointer, keys.Pointer, score.Pointer, values.Pointer, rows, weights.MutablePointer(), context.MutablePointer());
            ForRows(shape.Rows.Count, WorkOfQuery(keys, values, shape), kernel);
        }

        KeepAlive(query, keys, score, values, weights, context);
    }

    public override void AdditiveAttentionBackward(
        Tensor query, Tensor keys, Tensor score, Tensor values, AdditiveAttentionShape shape, Tensor weights, Tensor dContext, Tensor dQuery, Tensor dKeys, Tensor dScore, Tensor dValues)
    {
        int queries = shape.Rows.Count;
        int count = RowBlocks.CountFor(queries);
        using var scratch = new Scratch(RowBlocks.Length(count, score.Count));
        var blocks = new RowBlocks(scratch.Pointer, count, score.Count);
        fixed (int* starts = shape.Rows.Starts, lengths = shape.Rows.Lengths, offsets = shape.Offsets)
        {
            var rows = new AdditiveAttentionRows(starts, lengths, offsets, keys.Columns, values.Columns, shape.Rows.MaxLength);
            var kernel = new AdditiveAttentionBackward<TVector>(
                query.Pointer, keys.Pointer, score.Pointer, values.Pointer, rows, queries, weights.Pointer, dContext.Pointer, dQuery.MutablePointer(), dKeys.MutablePointer(), dValues.MutablePointer(), blocks);
            if (shape.SharesRows)
            {
                kernel.Run(0, count); // on one thread: two queries may add to the same row
            }
            else
            {
                ForRows(count, WorkOfQuery(keys, values, shape) * RowBlocks.Rows, kernel);
            }
        }

        AddBlocks(blocks, dScore, accumulate: true);
        KeepAlive(query, keys, score, values, weights, dContext);
        KeepAlive(dQuery, dKeys, dValues);
    }

    private static long WorkOfQuery(Tensor keys, Tensor values, AdditiveAttentionShape shape) =>
        ((long)keys.Columns + values.Columns) * shape.Weights / Math.Max(1, shape.Rows.Count);
}
