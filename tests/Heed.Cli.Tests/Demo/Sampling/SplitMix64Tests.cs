using Heed.Cli.Demo.Sampling;

namespace Heed.Cli.Tests.Demo.Sampling;

public sealed class SplitMix64Tests
{
    [Fact]
    public void Mixes_like_the_published_generator()
    {
        // The first outputs of the authors' C code for the seed 1234567.
        const ulong seed = 1234567, step = 0x9E3779B97F4A7C15;

        Assert.Equal(6457827717110365317UL, SplitMix64.Mix(unchecked(seed + step)));
        Assert.Equal(3203168211198807973UL, SplitMix64.Mix(unchecked(seed + (2 * step))));
    }

    [Fact]
    public void Draws_every_number_below_the_bound_about_equally_often()
    {
        var random = new SplitMix64(1);
        var counts = new int[7];
        for (var i = 0; i < 7_000; i++)
        {
            counts[random.Below(7)]++;
        }

        Assert.All(counts, count => Assert.InRange(count, 850, 1_150));
    }
}
