using Heed.Models.Formats;

namespace Heed.Models.Tests.Formats;

public sealed class HalfBitsTests
{
    [Fact]
    public void Every_half_becomes_the_float_that_dotnet_makes_of_it()
    {
        Half[] all = [.. Enumerable.Range(0, 1 << 16).Select(bits => BitConverter.UInt16BitsToHalf((ushort)bits))];
        var floats = new float[all.Length];
        HalfBits.ToSingle(all, floats);
        for (int i = 0; i < all.Length; i++)
        {
            Assert.True(BitConverter.SingleToUInt32Bits((float)all[i]) == BitConverter.SingleToUInt32Bits(floats[i]), $"0x{i:X4} becomes {floats[i]:G9}, not {(float)all[i]:G9}");
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(33)]
    public void Any_number_of_them_is_converted(int length)
    {
        Half[] halves = [.. Enumerable.Range(0, length).Select(i => (Half)(i - 7.5f))];
        var floats = new float[length];
        HalfBits.ToSingle(halves, floats);
        Assert.Equal(halves.Select(half => (float)half), floats);
    }
}
