using Heed.Text.Metrics.NGrams;

namespace Heed.Text.Tests.Metrics.NGrams;

public sealed class NGramCounterTests
{
    [Fact]
    public void Matches_are_those_of_a_plain_count()
    {
        const int Seed = 11;
        var random = new Random(Seed);
        var counter = new NGramCounter(4);
        NGramCounts first = new(), second = new(), third = new();
        for (int trial = 0; trial < 300; trial++)
        {
            int[] a = Symbols(random), b = Symbols(random), c = Symbols(random);
            counter.Clear();
            counter.Count(a, first);
            counter.Count(b, second);
            counter.Count(c, third);
            second.RaiseTo(third);
            long[] matches = new long[4];
            counter.AddMatches(first, second, matches);

            for (int order = 1; order <= 4; order++)
            {
                Dictionary<string, int> ofB = Plain(b, order), ofC = Plain(c, order);
                long expected = Plain(a, order).Sum(n => (long)Math.Min(n.Value, Math.Max(ofB.GetValueOrDefault(n.Key), ofC.GetValueOrDefault(n.Key))));
                Assert.True(expected == matches[order - 1], $"seed {Seed}, trial {trial}, order {order}: {expected} != {matches[order - 1]}");
            }
        }
    }

    private static int[] Symbols(Random random) => [.. Enumerable.Range(0, random.Next(40)).Select(_ => random.Next(4))];

    private static Dictionary<string, int> Plain(int[] symbols, int order) =>
        Enumerable.Range(0, NGramCounter.Total(symbols.Length, order))
            .GroupBy(i => string.Join(' ', symbols.Skip(i).Take(order)))
            .ToDictionary(group => group.Key, group => group.Count());
}
