namespace Heed.Training.Data;

/// <summary>A place in the endless row of batches. It is all that a checkpoint needs to keep of the data.</summary>
/// <param name="Epoch">The pass over the corpus; the first is 0.</param>
/// <param name="Batch">The batch within the epoch; the first is 0.</param>
public readonly record struct DataPosition(int Epoch, int Batch)
{
    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(Epoch);
        ArgumentOutOfRangeException.ThrowIfNegative(Batch);
    }
}
