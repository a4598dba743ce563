using Heed.Tensors;

namespace Heed.Nn.Attention;

/// <summary>The keys and values of all tokens decoded so far, in one layer. Rows are only ever appended.</summary>
/// <remarks>
/// Which rows belong to which hypothesis is not known here: <see cref="AttentionPattern.KeyRows"/> says it, for all layers
/// at once, so that reordering hypotheses moves no keys and no values.
/// </remarks>
public sealed class KeyValueCache : IDisposable
{
    private const int SmallestCapacity = 64;

    private Tensor? keys;
    private Tensor? values;

    /// <summary>The number of rows in use.</summary>
    public int Rows { get; private set; }

    /// <summary>Adds rows at the end.</summary>
    /// <param name="added">The keys and values of new tokens; copied.</param>
    /// <returns>All rows, as views that are valid until the next call.</returns>
    public KeyValues Append(KeyValues added)
    {
        int count = added.Keys.Shape[0];
        keys = WithRoom(keys, count, added.Keys);
        values = WithRoom(values, count, added.Values);
        added.Keys.Device.Copy(added.Keys, keys.RowRange(Rows, count));
        added.Values.Device.Copy(added.Values, values.RowRange(Rows, count));
        Rows += count;
        return new KeyValues(keys.RowRange(0, Rows), values.RowRange(0, Rows));
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
        if (buffer is not null && Rows + count <= capacity)
        {
            return buffer;
        }

        int larger = Math.Max(checked(Rows + count), Math.Max(SmallestCapacity, 2 * capacity));
        Tensor grown = Tensor.Uninitialized(new Shape(larger, like.Columns), like.Device).Keep();
        if (buffer is not null)
        {
            buffer.Device.Copy(buffer.RowRange(0, Rows), grown.RowRange(0, Rows));
            buffer.Release();
        }

        return grown;
    }
}
