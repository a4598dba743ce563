namespace Heed.Training.Data;

/// <summary>Batches of a corpus in memory: every example once an epoch, in an order that only the seed and the epoch decide.</summary>
/// <typeparam name="TBatch">The kind of batch.</typeparam>
/// <param name="corpus">The examples.</param>
/// <param name="options">The batches' size and the seed.</param>
public sealed class BatchSampler<TBatch>(ExampleCorpus<TBatch> corpus, BatchOptions options) : BatchSource<TBatch>
{
    /// <inheritdoc/>
    public override IEnumerable<PositionedBatch<TBatch>> Read(DataPosition start = default)
    {
        start.Validate();
        if (corpus.Count == 0)
        {
            throw new InvalidDataException("the corpus has no examples");
        }

        return ReadFrom(start);
    }

    private IEnumerable<PositionedBatch<TBatch>> ReadFrom(DataPosition position)
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
                yield return new PositionedBatch<TBatch>(corpus.Batch(plan.Examples(i), options), position, next);
            }

            position = new DataPosition(position.Epoch + 1, 0);
        }
    }
}
