using Heed.Training.Data;

namespace Heed.Training.Tests.Data;

/// <summary>Corpora for tests: the first source id of pair i is 1000 + i, so that pairs can be known again.</summary>
internal static class RandomCorpus
{
    public static EncodedPair[] Pairs(int count, int seed, int maxLength = 40)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i => new EncodedPair([1000 + i, .. Ids(random, maxLength)], Ids(random, maxLength)))];
    }

    public static EncodedCorpus Create(int count, int seed, int maxLength = 40) => EncodedCorpus.From(Pairs(count, seed, maxLength));

    private static int[] Ids(Random random, int maxLength) => [.. Enumerable.Range(0, random.Next(1, maxLength)).Select(_ => random.Next(4, 1000))];
}
