namespace Heed.Training.Data;

/// <summary>An endless row of batches, epoch after epoch, which can be entered at any place.</summary>
/// <remarks>The same options, data and place always give the same batches from there on.</remarks>
/// <typeparam name="TBatch">The kind of batch.</typeparam>
public abstract class BatchSource<TBatch>
{
    private protected BatchSource()
    {
    }

    /// <summary>The batches from a place on; without end.</summary>
    /// <param name="start">The place, by default the beginning.</param>
    /// <exception cref="ArgumentOutOfRangeException">The place is negative.</exception>
    /// <exception cref="InvalidDataException">The epoch has fewer batches than the place says: the data or the options changed.</exception>
    public abstract IEnumerable<PositionedBatch<TBatch>> Read(DataPosition start = default);

    private protected static InvalidDataException BeyondEpoch(DataPosition start, int count) =>
        new($"batch {start.Batch} of epoch {start.Epoch} does not exist: the epoch has {count} batches; " +
            "the data, the seed or the batch size are not those of the run that is to be continued");
}
