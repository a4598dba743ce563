namespace Heed.Training.Data;

/// <summary>Maps a sequence on several threads and keeps its order; only a chunk of items is held at a time.</summary>
internal static class OrderedParallel
{
    /// <param name="items">The items, enumerated on the calling thread.</param>
    /// <param name="map">Called from several threads at once.</param>
    /// <param name="threads">How many; 0 for one per processor.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <param name="chunkSize">How many items are held at a time.</param>
    public static IEnumerable<TResult> Select<TItem, TResult>(
        IEnumerable<TItem> items, Func<TItem, TResult> map, int threads, CancellationToken cancellationToken, int chunkSize = 4096)
    {
        var options = new ParallelOptions
        {
            MaxDegreeOfParallelism = threads > 0 ? threads : Environment.ProcessorCount,
            CancellationToken = cancellationToken,
        };
        foreach (var chunk in items.Chunk(chunkSize))
        {
            var results = new TResult[chunk.Length];
            Parallel.For(0, chunk.Length, options, i => results[i] = map(chunk[i]));
            foreach (var result in results)
            {
                yield return result;
            }
        }
    }
}
