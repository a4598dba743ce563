using Heed.Tensors;

namespace Heed.Nn.Attention;

/// <summary>The keys and values of the tokens decoded so far, in one layer. Rows are appended, and the oldest may be forgotten.</summary>
/// <remarks>
/// Which rows belong to which hypothesis is not known here: <see cref="AttentionPattern.KeyRows"/> says it, for all layers
/// at once, so that reordering hypotheses moves no keys and no values.
/// </remarks>
public sealed class KeyValueCache : IDisposable
{
    private const int SmallestCapacity = 64;

    private Tensor? keys;
    private Tensor? values;
    private int first; // rows before this one are forgotten

    /// <summary>The number of rows in use.</summary>
    public int Rows { get; private set; }

    /// <summary>All rows, as views that are valid until the next <see cref="Append"/>; null before the first.</summary>
    public KeyValues? All => keys is null || values is null ? null : new KeyValues(keys.RowRange(first, Rows), values.RowRange(first, Rows));

    /// <summary>Adds rows at the end.</summary>
    /// <param name="added">The keys and values of new tokens; copied.</param>
    /// <returns>All rows, as views that are valid until the next call.</returns>
    public KeyValues Append(KeyValues added)
    {
        int count = added.Keys.Shape[0];
        Tensor? before = keys;
        keys = WithRoom(keys, count, added.Keys);
        values = WithRoom(values, count, added.Values);
        first = ReferenceEquals(before, keys) ? first : 0;
        added.Keys.Device.Copy(added.Keys, keys.RowRange(first + Rows, count));
        added.Values.Device.Copy(added.Values, values.RowRange(first + Rows, count));
        Rows += count;
        return new KeyValues(keys.RowRange(first, Rows), values.RowRange(first, Rows));
    }

    /// <summary>Forgets all rows but the last: what has left a sliding window. Memory stays within a few times what is kept.</summary>
    /// <param name="rows">How many rows are kept.</param>
    public void KeepLast(int rows)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        int forgotten = Math.Max(0, Rows - rows);
        first += forgotten;
        Rows -= forgotten;
    }

    /// <summary>Gives the memory back.</summary>
    public void Dispose()
    {
        keys?.Release();
        values?.Release();
    }

    private Tensor WithRoom(Tensor? buffer, int count, Tensor like)
    {
        int capacity = buffer?.Shape[0] ?? 0;
        if (buffer is not null && first + Rows + count <= capacity)
        {
            return buffer;
        }

        int needed = checked(Rows + count);
        int larger = needed <= capacity / 2 ? capacity : Math.Max(needed, Math.Max(SmallestCapacity, 2 * capacity));
        Tensor grown = Tensor.Uninitialized(new Shape(larger, like.Columns), like.Device).Keep();
        if (buffer is not null)
        {
            buffer.Device.Copy(buffer.RowRange(first, Rows), grown.RowRange(0, Rows));
            buffer.Release();
        }

        return grown;
    }
}
