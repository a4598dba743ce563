using Heed.Tensors.Random;

namespace Heed.Tensors.Tests.Random;

public sealed class SeededRandomTests
{
    [Fact]
    public void Draws_what_the_published_generator_draws()
    {
        // The first outputs of the authors' C code for the seed 1234567.
        var random = new SeededRandom(1234567);
        Assert.Equal(6457827717110365317UL, random.NextUInt64());
        Assert.Equal(3203168211198807973UL, random.NextUInt64());
    }

    [Fact]
    public void Draws_every_number_below_the_bound_about_equally_often()
    {
        var random = new SeededRandom(1);
        var counts = new int[7];
        for (int i = 0; i < 7_000; i++)
        {
            counts[random.Next(7)]++;
        }

        Assert.All(counts, count => Assert.InRange(count, 850, 1_150));
    }

    [Fact]
    public void The_state_continues_the_sequence()
    {
        var random = new SeededRandom(5);
        random.NextUInt64();
        var other = new SeededRandom(0) { State = random.State };
        Assert.Equal(random.NextUInt64(), other.NextUInt64());
    }
}
