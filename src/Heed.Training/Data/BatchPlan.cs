using Heed.Tensors.Random;
using Heed.Text.Tokenizers;

namespace Heed.Training.Data;

/// <summary>Which examples of a corpus stand together in which batch.</summary>
public sealed class BatchPlan
{
    // Examples whose costs differ by less than this count as equally long. Narrow buckets keep the lengths of a batch alike;
    // wide ones let more different examples meet.
    private const int BucketWidth = 8;

    private readonly int[] order;
    private readonly int[] starts; // of each batch in order; one more for the end
    private readonly int[] batches; // in the order of the epoch

    private BatchPlan(ExampleCorpus corpus, BatchOptions options, int[] order)
    {
        this.order = order;
        starts = Pack(corpus, order, options.MaxTokens, options.MaxSequences ?? int.MaxValue);
        batches = [.. Enumerable.Range(0, starts.Length - 1)];
    }

    /// <summary>The number of batches.</summary>
    public int Count => batches.Length;

    /// <summary>The examples of a batch, as numbers within the corpus.</summary>
    public ReadOnlySpan<int> Examples(int batch) => order.AsSpan(starts[batches[batch]]..starts[batches[batch] + 1]);

    /// <summary>Batches of examples in the corpus's own order, for evaluation.</summary>
    /// <param name="corpus">The examples.</param>
    /// <param name="options">The batches' size; the seed plays no part.</param>
    /// <exception cref="ArgumentException">An example alone is over the budget.</exception>
    public static BatchPlan InOrder(ExampleCorpus corpus, BatchOptions options)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        ArgumentNullException.ThrowIfNull(options);
        return new BatchPlan(corpus, options, [.. Enumerable.Range(0, corpus.Count)]);
    }

    /// <summary>Batches of examples of like length, the examples and the batches in random order.</summary>
    /// <param name="corpus">The examples.</param>
    /// <param name="options">The batches' size and the seed.</param>
    /// <param name="epoch">The pass over the corpus; with the seed it decides the order.</param>
    /// <param name="window">Which part of a corpus that is read in parts.</param>
    /// <exception cref="ArgumentException">An example alone is over the budget.</exception>
    public static BatchPlan Shuffled(ExampleCorpus corpus, BatchOptions options, int epoch, int window = 0)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        ArgumentNullException.ThrowIfNull(options);
        var random = new SeededRandom(SplitMix64.For(options.Seed, epoch, window).NextUInt64());
        int[] shuffled = [.. Enumerable.Range(0, corpus.Count)];
        random.Shuffle<int>(shuffled);

        var plan = new BatchPlan(corpus, options, SortByBucket(corpus, shuffled));
        random.Shuffle<int>(plan.batches);
        return plan;
    }

    /// <summary>Counting sort: stable, so that the examples of a bucket keep their random order.</summary>
    private static int[] SortByBucket(ExampleCorpus corpus, int[] examples)
    {
        var ends = new int[examples.Length == 0 ? 1 : examples.Max(example => corpus.TokenCost(example) / BucketWidth) + 1];
        foreach (int example in examples)
        {
            ends[corpus.TokenCost(example) / BucketWidth]++;
        }

        for (int i = 1; i < ends.Length; i++)
        {
            ends[i] += ends[i - 1];
        }

        var sorted = new int[examples.Length];
        for (int i = examples.Length - 1; i >= 0; i--)
        {
            sorted[--ends[corpus.TokenCost(examples[i]) / BucketWidth]] = examples[i];
        }

        return sorted;
    }

    /// <summary>Fills batch after batch with the examples as they come.</summary>
    private static int[] Pack(ExampleCorpus corpus, int[] order, int maxTokens, int maxSequences)
    {
        var starts = new List<int>();
        long tokens = long.MaxValue; // so that the first example opens a batch
        for (int i = 0; i < order.Length; i++)
        {
            int cost = corpus.TokenCost(order[i]);
            if (cost > maxTokens)
            {
                throw new ArgumentException($"an example has {cost} tokens, but a batch holds only {maxTokens}; raise the batch's tokens to {cost} or more, or drop long ones", nameof(maxTokens));
            }

            if (tokens > maxTokens - cost || i - starts[^1] == maxSequences)
            {
                starts.Add(i);
                tokens = 0;
            }

            tokens += cost;
        }

        starts.Add(order.Length);
        return [.. starts];
    }
}
