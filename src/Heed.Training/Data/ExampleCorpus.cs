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

    /// <summary>The batches of all examples in the corpus's own order, for evaluation; the same each time they are gone through.</summary>
    /// <param name="options">The batches' size, and the tokens that begin and end sequences.</param>
    /// <exception cref="ArgumentException">An example alone is over the budget; thrown here, before the first batch is asked for.</exception>
    public IEnumerable<TBatch> InOrder(BatchOptions options)
    {
        var plan = BatchPlan.InOrder(this, options);
        return Enumerable.Range(0, plan.Count).Select(i => Batch(plan.Examples(i), options));
    }
}
