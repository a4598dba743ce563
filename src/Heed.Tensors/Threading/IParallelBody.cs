namespace Heed.Tensors.Threading;

/// <summary>The work of a parallel loop: a value type that holds the loop's pointers and sizes, so that starting a loop allocates nothing.</summary>
internal interface IParallelBody
{
    /// <summary>Does the items from <paramref name="start"/> up to, but not including, <paramref name="end"/>.</summary>
    void Run(int start, int end);
}
