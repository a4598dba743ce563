using Heed.Tensors.Autograd;

namespace Heed.Tensors;

/// <content>Table look-up.</content>
public static partial class Ops
{
    /// <summary>Looks up rows of a table.</summary>
    /// <param name="table">[vocabSize, dModel].</param>
    /// <param name="ids">Row numbers; the caller does not change them before the backward pass.</param>
    /// <param name="factor">A number that multiplies every element: sqrt(dModel) in the Transformer.</param>
    /// <returns>[ids, dModel].</returns>
    /// <exception cref="ArgumentOutOfRangeException">An id is not a row of the table.</exception>
    public static Tensor Embedding(Tensor table, ReadOnlyMemory<int> ids, float factor = 1f)
    {
        ShapeGuard.Rank(nameof(Embedding), table, 2, "a table [vocabSize, dModel]");
        ReadOnlySpan<int> span = ids.Span;
        for (int i = 0; i < span.Length; i++)
        {
            if ((uint)span[i] >= (uint)table.Shape[0])
            {
                throw new ArgumentOutOfRangeException(nameof(ids), span[i], $"Embedding: id {span[i]} at position {i} is outside the vocabulary of {table.Shape[0]}");
            }
        }

        Tensor y = Tensor.Uninitialized(new Shape(ids.Length, table.Shape[1]), table.Device);
        table.Device.GatherRows(table, ids, factor, y);
        if (Tape.Records(table))
        {
            Tape.Record(y, (table, ids, factor), static (saved, dy) => dy.Device.ScatterAddRows(dy, saved.ids, saved.factor, ZeroedTarget(saved.table)));
        }

        return y;
    }
}
