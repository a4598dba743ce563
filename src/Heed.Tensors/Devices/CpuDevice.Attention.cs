using System.Buffers;
using Heed.Tensors.Kernels;
using Heed.Tensors.Memory;

namespace Heed.Tensors.Devices;

/// <content>Attention.</content>
internal sealed unsafe partial class CpuDevice<TVector>
{
    public override void Attention(Tensor query, Tensor key, Tensor value, AttentionSettings settings, Tensor context, Tensor logSumExp, AttentionWeights? weights)
    {
        var shape = AttentionShape.Of(query, key, settings);
        ClearUnlessCovered(context, settings.Queries);
        if (IsDecodingStep(settings) && weights is null)
        {
            AttentionStep(query, key, value, shape, context, logSumExp);
            return;
        }

        int count = QueryBlocks(settings, out (int Sequence, int Head, int First)[] items);
        var body = new AttentionForward<TVector>(query.Pointer, key.Pointer, value.Pointer, shape, context.Pointer, logSumExp.Pointer, query.Rows, items, weights);
        Team.For(count, Math.Max(1, count / (64 * Team.Threads)), body);
        ArrayPool<(int Sequence, int Head, int First)>.Shared.Return(items);
        KeepAlive(query, key, value, context, logSumExp);
        GC.KeepAlive(settings.DistanceBias);
    }

    public override void AttentionBackward(Tensor query, Tensor key, Tensor value, AttentionSettings settings, Tensor context, Tensor logSumExp, Tensor dContext, Tensor dQuery, Tensor dKey, Tensor dValue, Tensor? dDistanceBias)
    {
        var shape = AttentionShape.Of(query, key, settings);
        int keyHeads = key.Columns / shape.HeadDim;
        ClearUnlessCovered(dKey, settings.Keys);
        ClearUnlessCovered(dValue, settings.Keys);
        ClearUnlessCovered(dQuery, settings.Queries);
        using TensorScope? scope = dDistanceBias is null ? null : TensorScope.Begin();
        Tensor? biasSums = dDistanceBias is null ? null : Tensor.Zeros(new Shape(settings.Queries.Count, dDistanceBias.Count), this);
        var body = new AttentionBackward<TVector>(
            query.Pointer, key.Pointer, value.Pointer, shape, context.Pointer, logSumExp.Pointer, query.Rows,
            dContext.Pointer, dQuery.Pointer, dKey.Pointer, dValue.Pointer, biasSums, keyHeads);
        int items = settings.Queries.Count * keyHeads;
        Team.For(items, Math.Max(1, items / (16 * Team.Threads)), body);
        if (dDistanceBias is not null)
        {
            SumRows(biasSums!, dDistanceBias, accumulate: false);
        }

        KeepAlive(query, key, value, context, logSumExp, dContext, dQuery, dKey, dValue);
        GC.KeepAlive(settings.DistanceBias);
    }

    private void AttentionStep(Tensor query, Tensor key, Tensor value, in AttentionShape shape, Tensor context, Tensor logSumExp)
    {
        int items = shape.Settings.Queries.Count * shape.Settings.NumHeads;
        long work = 2L * shape.HeadDim * shape.Settings.Keys.MaxLength;
        int smallest = (int)Math.Max(1, SmallestChunk / Math.Max(1, work));
        var body = new AttentionStep<TVector>(query.Pointer, key.Pointer, value.Pointer, shape, context.Pointer, logSumExp.Pointer, query.Rows);
        Team.For(items, Math.Max(smallest, items / (16 * Team.Threads)), body);
        KeepAlive(query, key, value, context, logSumExp);
    }

    // A query for each hypothesis: of a sequence of its own, or of the sentence that the hypotheses share.
    private static bool IsDecodingStep(AttentionSettings settings) =>
        settings.Dropout == 0 && settings.Queries.MaxLength <= AttentionStep<TVector>.MostQueries;

    // The items of the forward pass, in an array of the pool; late queries of a head, which may see most keys, first, so that no thread
    // begins a long item when the others end.
    private static int QueryBlocks(AttentionSettings settings, out (int Sequence, int Head, int First)[] items)
    {
        int block = AttentionPanels<TVector>.Queries;
        int blocks = 0;
        foreach (int length in settings.Queries.Lengths)
        {
            blocks += (length + block - 1) / block;
        }

        items = ArrayPool<(int Sequence, int Head, int First)>.Shared.Rent(blocks * settings.NumHeads);
        int item = 0;
        for (int sequence = 0; sequence < settings.Queries.Count; sequence++)
        {
            for (int head = 0; head < settings.NumHeads; head++)
            {
                for (int first = (settings.Queries.Lengths[sequence] - 1) / block * block; first >= 0 && settings.Queries.Lengths[sequence] > 0; first -= block)
                {
                    items[item++] = (sequence, head, first);
                }
            }
        }

        return item;
    }

    // Rows outside every sequence are never visited; their results are zero.
    private void ClearUnlessCovered(Tensor x, Segments segments)
    {
        int covered = 0;
        foreach (int length in segments.Lengths)
        {
            covered += length;
        }

        if (covered != x.Shape[0] || segments.MayOverlap)
        {
            Fill(x, 0f);
        }
    }
}
