using Heed.Text.Metrics.NGrams;

namespace Heed.Text.Tests.Metrics.NGrams;

public sealed class SequenceTableTests
{
    [Fact]
    public void Equal_sequences_get_equal_numbers_and_others_do_not()
    {
        const int Seed = 7;
        var random = new Random(Seed);
        var table = new SequenceTable();
        var expected = new Dictionary<(int, int), int>();
        for (int i = 0; i < 200_000; i++)
        {
            (int Prefix, int Symbol) key = (random.Next(table.Count + 1), random.Next(-50, 50));
            int number = table.Extend(key.Prefix, key.Symbol);
            if (!expected.TryAdd(key, expected.Count + 1))
            {
                Assert.True(expected[key] == number, $"seed {Seed}, step {i}");
            }
            else
            {
                Assert.True(expected.Count == number, $"seed {Seed}, step {i}");
            }
        }

        Assert.Equal(expected.Count, table.Count);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(100_000)] // large enough for the memory to be given back
    public void A_cleared_table_starts_anew(int size)
    {
        var table = new SequenceTable();
        for (int i = 0; i < size; i++)
        {
            table.Extend(i, 5);
        }

        table.Clear();

        Assert.Equal(0, table.Count);
        Assert.Equal(1, table.Extend(3, 5));
        Assert.Equal(2, table.Extend(2, 5));
        Assert.Equal(1, table.Extend(3, 5));
    }
}
