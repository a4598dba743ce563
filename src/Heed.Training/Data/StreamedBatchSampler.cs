using Heed.Models.Seq2Seq;

namespace Heed.Training.Data;

/// <summary>
/// Batches of a corpus that is too large for memory: the corpus is read again each epoch, and the pairs are shuffled within
/// windows of it.
/// </summary>
/// <remarks>Entering an epoch in the middle reads and plans what comes before, but makes no batches of it.</remarks>
/// <param name="open">Begins to read the corpus, always from its start: <c>() =&gt; encoder.Stream(text.Read())</c>.</param>
/// <param name="options">The batches' size and the seed.</param>
/// <param name="windowSize">How many pairs are held, and shuffled among each other, at a time.</param>
public sealed class StreamedBatchSampler(Func<IEnumerable<EncodedPair>> open, BatchOptions options, int windowSize = StreamedBatchSampler.DefaultWindow) : BatchSource<TokenBatch>
{
    /// <summary>How many pairs are shuffled among each other unless told otherwise.</summary>
    public const int DefaultWindow = 100_000;

    /// <inheritdoc/>
    public override IEnumerable<PositionedBatch<TokenBatch>> Read(DataPosition start = default)
    {
        start.Validate();
        ArgumentOutOfRangeException.ThrowIfLessThan(windowSize, 1);
        return ReadFrom(start);
    }

    private IEnumerable<PositionedBatch<TokenBatch>> ReadFrom(DataPosition start)
    {
        while (true)
        {
            int count = 0;
            PositionedBatch<TokenBatch>? held = null; // the epoch's last batch is known only when there is no further one
            foreach ((EncodedCorpus corpus, BatchPlan plan) in Windows(start.Epoch))
            {
                for (int i = Math.Clamp(start.Batch - count, 0, plan.Count); i < plan.Count; i++)
                {
                    if (held is not null)
                    {
                        yield return held;
                    }

                    var position = start with { Batch = count + i };
                    held = new PositionedBatch<TokenBatch>(corpus.Batch(plan.Examples(i), options), position, position with { Batch = count + i + 1 });
                }

                count += plan.Count;
            }

            if (count == 0 || start.Batch > count)
            {
                throw count == 0 ? new InvalidDataException("the corpus has no sentence pairs") : BeyondEpoch(start, count);
            }

            start = new DataPosition(start.Epoch + 1, 0);
            if (held is not null)
            {
                yield return held with { Next = start };
            }
        }
    }

    private IEnumerable<(EncodedCorpus Corpus, BatchPlan Plan)> Windows(int epoch) =>
        open().Chunk(windowSize).Select(EncodedCorpus.From).Select((corpus, number) => (corpus, BatchPlan.Shuffled(corpus, options, epoch, number)));
}
