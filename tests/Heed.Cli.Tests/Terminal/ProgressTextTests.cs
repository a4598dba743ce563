using Heed.Cli.Terminal;

namespace Heed.Cli.Tests.Terminal;

public sealed class ProgressTextTests
{
    private static readonly string[] Parts = ["step 550/1100", "45 s left", "12/s", "loss 2.310, 5000 tokens/s"];

    [Fact]
    public void A_wide_terminal_shows_the_bar_and_everything() =>
        Assert.Equal("████████████░░░░░░░░░░░░ step 550/1100, 45 s left, 12/s, loss 2.310, 5000 tokens/s", ProgressText.Line(Parts, 0.5, 100));

    [Fact]
    public void A_narrow_terminal_keeps_the_most_important_parts_whole() =>
        Assert.Equal("step 550/1100, 45 s left, 12/s", ProgressText.Line(Parts, 0.5, 39));

    [Fact]
    public void No_width_is_ever_exceeded()
    {
        for (int width = 20; width < 200; width++)
        {
            Assert.InRange(ProgressText.Line(Parts, 1.5, width).Length, 0, width);
        }
    }

    [Theory]
    [InlineData(0.2, "0 s")]
    [InlineData(59.4, "59 s")]
    [InlineData(59.7, "1 min 0 s")]
    [InlineData(239.8, "4 min 0 s")]
    [InlineData(3599.9, "1 h 0 min")]
    [InlineData(7500, "2 h 5 min")]
    public void Durations_read_as_people_say_them(double seconds, string expected) => Assert.Equal(expected, ProgressText.Duration(seconds));

    [Theory]
    [InlineData(0.05, "0.05/s")]
    [InlineData(1.25, "1.2/s")]
    [InlineData(123.4, "123/s")]
    public void Rates_have_the_digits_that_matter(double rate, string expected) => Assert.Equal(expected, ProgressText.Rate(rate));
}
