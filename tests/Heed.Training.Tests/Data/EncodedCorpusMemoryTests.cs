using Heed.Training.Data;

namespace Heed.Training.Tests.Data;

// Alone, because the size of the heap is that of all tests that run at the same time.
[CollectionDefinition(nameof(EncodedCorpusMemoryTests), DisableParallelization = true)]
[Collection(nameof(EncodedCorpusMemoryTests))]
public sealed class EncodedCorpusMemoryTests
{
    [Fact]
    public void A_million_pairs_take_little_more_than_their_ids()
    {
        int[] ids = [.. Enumerable.Range(0, 12)];
        long before = GC.GetTotalMemory(forceFullCollection: true);
        var corpus = EncodedCorpus.From(Enumerable.Repeat(new EncodedPair(ids, ids), 1_000_000));
        long used = GC.GetTotalMemory(forceFullCollection: true) - before;

        Assert.Equal(24_000_000, corpus.TokenCount);
        Assert.InRange(used, 103_000_000, 107_000_000); // 4 bytes a token, 8 bytes a pair
    }
}
