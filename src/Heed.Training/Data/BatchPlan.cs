using Heed.Models.Seq2Seq;
using Heed.Tensors.Random;
using Heed.Text.Tokenizers;

namespace Heed.Training.Data;

/// <summary>Which pairs of a corpus stand together in which batch.</summary>
public sealed class BatchPlan
{
    // Pairs whose costs differ by less than this count as equally long. Narrow buckets keep the lengths of a batch alike;
    // wide ones let more different sentences meet.
    private const int BucketWidth = 8;

    private readonly EncodedCorpus corpus;
    private readonly BatchOptions options;
    private readonly int[] order;
    private readonly int[] starts; // of each batch in order; one more for the end
    private readonly int[] batches; // in the order of the epoch

    private BatchPlan(EncodedCorpus corpus, BatchOptions options, int[] order)
    {
        this.corpus = corpus;
        this.options = options;
        this.order = order;
        starts = Pack(corpus, order, options.MaxTokens, options.MaxSequences ?? int.MaxValue);
        batches = [.. Enumerable.Range(0, starts.Length - 1)];
    }

    /// <summary>The number of batches.</summary>
    public int Count => batches.Length;

    /// <summary>The pairs of a batch, as numbers within the corpus.</summary>
    public ReadOnlySpan<int> Pairs(int batch) => order.AsSpan(starts[batches[batch]]..starts[batches[batch] + 1]);

    /// <summary>A batch, ready for a model.</summary>
    public TokenBatch Batch(int batch) => corpus.Batch(Pairs(batch), options.BosId, options.EosId);

    /// <summary>Batches of pairs in the corpus's own order, for evaluation.</summary>
    /// <param name="corpus">The pairs.</param>
    /// <param name="options">The batches' size; the seed plays no part.</param>
    /// <exception cref="ArgumentException">A pair alone is over the budget.</exception>
    public static BatchPlan InOrder(EncodedCorpus corpus, BatchOptions options)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        ArgumentNullException.ThrowIfNull(options);
        return new BatchPlan(corpus, options, [.. Enumerable.Range(0, corpus.Count)]);
    }

    /// <summary>Batches of pairs of like length, the pairs and the batches in random order.</summary>
    /// <param name="corpus">The pairs.</param>
    /// <param name="options">The batches' size and the seed.</param>
    /// <param name="epoch">The pass over the corpus; with the seed it decides the order.</param>
    /// <param name="window">Which part of a corpus that is read in parts.</param>
    /// <exception cref="ArgumentException">A pair alone is over the budget.</exception>
    public static BatchPlan Shuffled(EncodedCorpus corpus, BatchOptions options, int epoch, int window = 0)
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

    /// <summary>Counting sort: stable, so that the pairs of a bucket keep their random order.</summary>
    private static int[] SortByBucket(EncodedCorpus corpus, int[] pairs)
    {
        var ends = new int[pairs.Length == 0 ? 1 : pairs.Max(p => corpus.TokenCost(p) / BucketWidth) + 1];
        foreach (int pair in pairs)
        {
            ends[corpus.TokenCost(pair) / BucketWidth]++;
        }

        for (int i = 1; i < ends.Length; i++)
        {
            ends[i] += ends[i - 1];
        }

        var sorted = new int[pairs.Length];
        for (int i = pairs.Length - 1; i >= 0; i--)
        {
            sorted[--ends[corpus.TokenCost(pairs[i]) / BucketWidth]] = pairs[i];
        }

        return sorted;
    }

    /// <summary>Fills batch after batch with the pairs as they come.</summary>
    private static int[] Pack(EncodedCorpus corpus, int[] order, int maxTokens, int maxSequences)
    {
        var starts = new List<int>();
        long tokens = long.MaxValue; // so that the first pair opens a batch
        for (int i = 0; i < order.Length; i++)
        {
            int cost = corpus.TokenCost(order[i]);
            if (cost > maxTokens)
            {
                throw new ArgumentException($"a sentence pair has {cost} tokens, but a batch holds only {maxTokens}; raise the batch's tokens to {cost} or more, or drop long sentences", nameof(maxTokens));
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
