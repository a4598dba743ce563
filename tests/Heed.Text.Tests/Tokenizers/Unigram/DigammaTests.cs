using Heed.Text.Tokenizers.Unigram;

namespace Heed.Text.Tests.Tokenizers.Unigram;

public sealed class DigammaTests
{
    // Abramowitz and Stegun 1964: 6.3.2 (minus Euler's constant), 6.3.3, and table 6.1 for 2; for 10, 2.9289682... - Euler's constant - 1/10.
    [Theory]
    [InlineData(1, -0.57721566490153286)]
    [InlineData(0.5, -1.9635100260214235)]
    [InlineData(2, 0.42278433509846714)]
    [InlineData(10, 2.2517525890667211)]
    public void Known_values(double x, double expected) => Assert.Equal(expected, Digamma.Of(x), 12);
}
