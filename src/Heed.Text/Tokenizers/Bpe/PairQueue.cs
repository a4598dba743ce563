namespace Heed.Text.Tokenizers.Bpe;

/// <summary>
/// Gives the pair to merge next: the most frequent one; among equally frequent ones the first by the order given, or by
/// default the one with the smallest left id, then the smallest right id.
/// </summary>
/// <remarks>
/// Counts change all the time. A count that rose is offered anew; one that fell is noticed when its old entry comes up.
/// </remarks>
internal sealed class PairQueue(Comparison<int>? pieceOrder = null)
{
    private readonly PriorityQueue<PairCount, Entry> queue = new(Comparer<Entry>.Create((a, b) => Compare(a, b, pieceOrder)));

    public void Offer(PairCount pair) => queue.Enqueue(pair, new Entry(pair.Count, pair.Left, pair.Right));

    /// <summary>Takes the best pair.</summary>
    /// <returns>Null if every pair occurs less often than <paramref name="minCount"/>.</returns>
    public PairCount? TakeBest(long minCount)
    {
        while (queue.TryDequeue(out PairCount? pair, out Entry entry))
        {
            if (entry.Count < minCount)
            {
                return null;
            }

            if (entry.Count == pair.Count)
            {
                return pair;
            }

            if (entry.Count > pair.Count)
            {
                Offer(pair);
            }
        }

        return null;
    }

    private static int Compare(Entry a, Entry b, Comparison<int>? pieceOrder)
    {
        int byCount = b.Count.CompareTo(a.Count);
        int byLeft = byCount != 0 ? byCount : pieceOrder?.Invoke(a.Left, b.Left) ?? a.Left.CompareTo(b.Left);
        return byLeft != 0 ? byLeft : pieceOrder?.Invoke(a.Right, b.Right) ?? a.Right.CompareTo(b.Right);
    }

    private readonly record struct Entry(long Count, int Left, int Right);
}
