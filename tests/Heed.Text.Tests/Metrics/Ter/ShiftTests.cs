using Heed.Text.Metrics.Ter;

namespace Heed.Text.Tests.Metrics.Ter;

public sealed class ShiftTests
{
    [Theory]
    [InlineData(3, 2, 1, "0 3 4 1 2 5")] // back
    [InlineData(1, 2, 5, "0 3 4 1 2 5")] // forward
    [InlineData(1, 2, 6, "0 3 4 5 1 2")] // to the end
    [InlineData(1, 2, 1, "0 1 2 3 4 5")] // a target inside the moved words: as many words further as it is from their start
    [InlineData(1, 2, 2, "0 3 1 2 4 5")]
    [InlineData(1, 2, 3, "0 3 4 1 2 5")]
    [InlineData(4, 2, 5, "0 1 2 3 4 5")] // as far as there are words
    public void Words_move(int start, int length, int target, string expected)
    {
        int[] result = new int[6];

        new Shift(0, length, start, target).Apply([0, 1, 2, 3, 4, 5], result);

        Assert.Equal(expected, string.Join(' ', result));
    }

    [Fact]
    public void The_order_is_gain_then_length_then_start_then_target()
    {
        Shift[] fromBest = [new(3, 1, 9, 9), new(2, 5, 9, 9), new(2, 4, 1, 9), new(2, 4, 2, 0), new(2, 4, 2, 1)];
        for (int i = 0; i < fromBest.Length; i++)
        {
            for (int j = 0; j < fromBest.Length; j++)
            {
                Assert.Equal(i < j, fromBest[i].IsBetterThan(fromBest[j]));
            }
        }
    }
}
