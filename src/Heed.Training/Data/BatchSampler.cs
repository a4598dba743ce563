using Heed.Models.Seq2Seq;

namespace Heed.Training.Data;

/// <summary>Batches of a corpus in memory: every pair once an epoch, in an order that only the seed and the epoch decide.</summary>
/// <param name="corpus">The pairs.</param>
/// <param name="options">The batches' size and the seed.</param>
public sealed class BatchSampler(EncodedCorpus corpus, BatchOptions options) : BatchSource<TokenBatch>
{
    /// <inheritdoc/>
    public override IEnumerable<PositionedBatch<TokenBatch>> Read(DataPosition start = default)
    {
        start.Validate();
        if (corpus.Count == 0)
        {
            throw new InvalidDataException("the corpus has no sentence pairs");
        }

        return ReadFrom(start);
    }

    private IEnumerable<PositionedBatch<TokenBatch>> ReadFrom(DataPosition position)
    {
        while (true)
        {
            var plan = BatchPlan.Shuffled(corpus, options, position.Epoch);
            if (position.Batch > plan.Count)
            {
                throw BeyondEpoch(position, plan.Count);
            }

            for (int i = position.Batch; i < plan.Count; i++)
            {
                position = position with { Batch = i };
                var next = i + 1 < plan.Count ? position with { Batch = i + 1 } : new DataPosition(position.Epoch + 1, 0);
                yield return new PositionedBatch<TokenBatch>(plan.Batch(i), position, next);
            }

            position = new DataPosition(position.Epoch + 1, 0);
        }
    }
}
