namespace Heed.Training.Data;

/// <summary>Examples in memory, from which batches are put together.</summary>
public abstract class ExampleCorpus
{
    private protected ExampleCorpus()
    {
    }

    /// <summary>The number of examples.</summary>
    public abstract int Count { get; }

    /// <summary>What an example takes of a batch's token budget.</summary>
    /// <param name="example">Its number.</param>
    public abstract int TokenCost(int example);
}

/// <summary>Examples in memory, from which batches of one kind are put together.</summary>
/// <typeparam name="TBatch">The kind of batch.</typeparam>
public abstract class ExampleCorpus<TBatch> : ExampleCorpus
{
    private protected ExampleCorpus()
    {
    }

    /// <summary>Puts a batch together.</summary>
    /// <param name="examples">The numbers of its examples, in the order of the batch.</param>
    /// <param name="options">The tokens that begin and end sequences.</param>
    public abstract TBatch Batch(ReadOnlySpan<int> examples, BatchOptions options);
}
