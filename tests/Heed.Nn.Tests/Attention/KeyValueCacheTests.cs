using Heed.Nn.Attention;
using Heed.Tensors;
using Heed.Testing;

namespace Heed.Nn.Tests.Attention;

public sealed class KeyValueCacheTests
{
    [Fact]
    public void Rows_stay_as_they_were_while_the_cache_grows()
    {
        var cache = new KeyValueCache();
        Tensor keys = RandomTensor.Normal(1, new Shape(300, 5)), values = RandomTensor.Normal(2, new Shape(300, 5));
        int row = 0;
        foreach (int count in new[] { 1, 7, 60, 100, 132 })
        {
            KeyValues all = cache.Append(new KeyValues(keys.RowRange(row, count), values.RowRange(row, count)));
            row += count;
            TensorAssert.SameBits(keys.RowRange(0, row).Values, all.Keys.Values, $"keys after {row} rows");
            TensorAssert.SameBits(values.RowRange(0, row).Values, all.Values.Values, $"values after {row} rows");
        }

        Assert.Equal(300, cache.Rows);
    }
}
