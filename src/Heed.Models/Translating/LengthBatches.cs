namespace Heed.Models.Translating;

/// <summary>Groups sequences of similar length, so that those of a batch are finished at about the same time.</summary>
internal static class LengthBatches
{
    /// <summary>Shares sequences out over batches, the longest first.</summary>
    /// <param name="lengths">The length of each sequence.</param>
    /// <param name="budget">The most that the lengths of a batch add up to; a longer sequence has a batch of its own.</param>
    /// <returns>For each batch the indices of its sequences.</returns>
    public static IEnumerable<int[]> Group(IReadOnlyList<int> lengths, long budget)
    {
        var batch = new List<int>();
        long total = 0;
        foreach (int index in Enumerable.Range(0, lengths.Count).OrderByDescending(i => lengths[i]))
        {
            if (batch.Count > 0 && total + lengths[index] > budget)
            {
                yield return [.. batch];
                batch.Clear();
                total = 0;
            }

            batch.Add(index);
            total += lengths[index];
        }

        if (batch.Count > 0)
        {
            yield return [.. batch];
        }
    }
}
