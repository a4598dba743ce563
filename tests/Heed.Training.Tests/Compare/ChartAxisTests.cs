using Heed.Training.Compare.Report;

namespace Heed.Training.Tests.Compare;

public sealed class ChartAxisTests
{
    [Fact]
    public void An_axis_from_zero_begins_with_a_zero_without_a_sign()
    {
        double[] ticks = [.. new ChartAxis([0, 38], isLogarithmic: false).Ticks()];
        Assert.Equal([0, 10, 20, 30], ticks);
        Assert.False(double.IsNegative(ticks[0]));
    }
}
