using Heed.Training.Data;

namespace Heed.Training.Tests.Data;

public sealed class BatchPlanTests
{
    private static BatchPlan Shuffled(EncodedCorpus corpus, int maxTokens, ulong seed) =>
        BatchPlan.Shuffled(corpus, new BatchOptions { MaxTokens = maxTokens, Seed = seed }, epoch: 0);

    private static int[][] Batches(BatchPlan plan) => [.. Enumerable.Range(0, plan.Count).Select(i => plan.Examples(i).ToArray())];

    [Theory]
    [InlineData(1, 100)]
    [InlineData(2, 90)]
    [InlineData(3, 1000)]
    [InlineData(4, 100_000)]
    public void Every_pair_stands_in_one_batch_and_no_batch_is_over_the_budget(int seed, int maxTokens)
    {
        var corpus = RandomCorpus.Create(2000, seed);
        foreach (var plan in (BatchPlan[])[Shuffled(corpus, maxTokens, (ulong)seed), BatchPlan.InOrder(corpus, new() { MaxTokens = maxTokens })])
        {
            int[][] batches = Batches(plan);
            Assert.Equal(Enumerable.Range(0, corpus.Count), batches.SelectMany(b => b).Order());
            Assert.All(batches, batch => Assert.InRange(batch.Sum(corpus.TokenCost), 1, maxTokens));
        }
    }

    [Fact]
    public void Batches_are_filled()
    {
        var corpus = RandomCorpus.Create(5000, seed: 5);
        const int maxTokens = 2000;
        var plan = Shuffled(corpus, maxTokens, seed: 5);
        double used = Enumerable.Range(0, corpus.Count).Sum(i => (long)corpus.TokenCost(i)) / ((double)plan.Count * maxTokens);
        Assert.InRange(used, 0.95, 1);
    }

    [Fact]
    public void The_lengths_within_a_batch_are_alike()
    {
        var corpus = RandomCorpus.Create(20_000, seed: 6);
        var spreads = Batches(Shuffled(corpus, 1000, seed: 6)).Select(b => b.Max(corpus.TokenCost) - b.Min(corpus.TokenCost)).Order().ToArray();
        Assert.InRange(spreads[spreads.Length * 9 / 10], 0, 8);
    }

    [Fact]
    public void The_seed_decides_the_plan()
    {
        var corpus = RandomCorpus.Create(1000, seed: 7);
        Assert.Equal(Batches(Shuffled(corpus, 500, seed: 1)), Batches(Shuffled(corpus, 500, seed: 1)));
        Assert.NotEqual(Batches(Shuffled(corpus, 500, seed: 1)), Batches(Shuffled(corpus, 500, seed: 2)));
    }

    [Fact]
    public void The_plan_of_a_seed_never_changes_between_versions()
    {
        // Computed by this code when it was written: a change would break the resuming of runs.
        var corpus = EncodedCorpus.From(Enumerable.Range(0, 12).Select(i => new EncodedPair(new int[i % 3], new int[i % 5])));
        Assert.Equal("2 4 9 | 10 5 1 0 8 | 7 11 3 6", string.Join(" | ", Batches(Shuffled(corpus, 20, seed: 42)).Select(b => string.Join(' ', b))));
    }

    [Fact]
    public void Batches_of_short_and_long_sentences_are_mixed()
    {
        var corpus = RandomCorpus.Create(20_000, seed: 8);
        int[] costs = [.. Batches(Shuffled(corpus, 1000, seed: 8)).Select(b => corpus.TokenCost(b[0]))];
        // In sorted order neighbours would hardly differ; in random order they differ by a third of the range on average.
        double difference = costs.Zip(costs.Skip(1), (a, b) => Math.Abs(a - b)).Average();
        Assert.InRange(difference, 10, 40);
    }

    [Fact]
    public void In_order_keeps_the_order_of_the_corpus()
    {
        var corpus = RandomCorpus.Create(500, seed: 9);
        Assert.Equal(Enumerable.Range(0, 500), Batches(BatchPlan.InOrder(corpus, new() { MaxTokens = 300 })).SelectMany(b => b));
    }

    [Fact]
    public void A_pair_over_the_budget_is_refused_with_the_mend()
    {
        var corpus = EncodedCorpus.From([new(new int[60], new int[50])]);
        var error = Assert.Throws<ArgumentException>(() => Shuffled(corpus, 100, seed: 1));
        Assert.StartsWith("an example has 112 tokens, but a batch holds only 100; raise the batch's tokens to 112 or more, or drop long ones", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_corpus_has_no_batches() => Assert.Equal(0, Shuffled(EncodedCorpus.From([]), 100, seed: 1).Count);
}
