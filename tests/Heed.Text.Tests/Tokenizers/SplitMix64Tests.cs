using Heed.Text.Tokenizers;

namespace Heed.Text.Tests.Tokenizers;

public sealed class SplitMix64Tests
{
    [Fact]
    public void Seed_1234567_gives_the_published_numbers()
    {
        // The widely published test values of SplitMix64 (for example Rosetta Code, "Pseudo-random numbers/Splitmix64").
        var random = new SplitMix64(1234567);
        Assert.Equal(6457827717110365317UL, random.NextUInt64());
        Assert.Equal(3203168211198807973UL, random.NextUInt64());
        Assert.Equal(9817491932198370423UL, random.NextUInt64());
    }

    [Fact]
    public void Numbers_lie_between_0_and_1()
    {
        var random = new SplitMix64(1);
        double sum = 0;
        for (int i = 0; i < 10_000; i++)
        {
            double value = random.NextDouble();
            Assert.InRange(value, 0, 1 - 1e-16);
            sum += value;
        }

        Assert.InRange(sum / 10_000, 0.48, 0.52);
    }

    [Fact]
    public void A_copy_continues_with_the_same_numbers()
    {
        var random = SplitMix64.For(7, 3, 12);
        var copy = random;
        Assert.Equal(random.NextUInt64(), copy.NextUInt64());
        Assert.True(random == copy);
        Assert.NotEqual(random, SplitMix64.For(7, 12, 3));
    }
}
