namespace Heed.Training.Data;

/// <summary>A batch and its place.</summary>
/// <typeparam name="TBatch">The kind of batch.</typeparam>
/// <param name="Batch">The batch.</param>
/// <param name="Position">Where it stands.</param>
/// <param name="Next">Where the next one stands: reading from there continues as if there had been no break.</param>
public sealed record PositionedBatch<TBatch>(TBatch Batch, DataPosition Position, DataPosition Next)
{
    /// <summary>Whether it is the last of its epoch.</summary>
    public bool EndsEpoch => Next.Epoch != Position.Epoch;
}
