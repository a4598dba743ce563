using Heed.Text.Metrics.PythonRules;

namespace Heed.Text.Tests.Metrics.PythonRules;

// The expected texts are what Python 3.11 prints for f"{value:.nf}".
public sealed class PythonFixedPointTests
{
    [Theory]
    [InlineData(6.25, 1, "6.2")] // ties go to the even digit
    [InlineData(18.75, 1, "18.8")]
    [InlineData(0.125, 2, "0.12")]
    [InlineData(0.375, 2, "0.38")]
    [InlineData(0.5, 0, "0")]
    [InlineData(1.5, 0, "2")]
    [InlineData(2.675, 2, "2.67")] // a little less than it looks
    [InlineData(0.05, 1, "0.1")] // a little more than it looks
    [InlineData(99.95, 1, "100.0")]
    [InlineData(100, 2, "100.00")]
    [InlineData(0, 1, "0.0")]
    [InlineData(1e-7, 2, "0.00")]
    [InlineData(5e-324, 3, "0.000")]
    [InlineData(123456789012345680, 1, "123456789012345680.0")]
    [InlineData(-0.25, 1, "-0.2")]
    public void Numbers_print_as_in_Python(double value, int decimals, string expected) =>
        Assert.Equal(expected, PythonFixedPoint.Format(value, decimals));
}
