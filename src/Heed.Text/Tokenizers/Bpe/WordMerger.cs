namespace Heed.Text.Tokenizers.Bpe;

/// <summary>
/// Applies merges to one word at a time: always the earliest learnt merge that is possible, leftmost first. The pieces
/// are a linked list and the possible merges a priority queue, so a word of n characters takes O(n log n) steps.
/// </summary>
/// <remarks>
/// Not safe for threads: each has its own. With dropout each possible merge is passed over with that probability before
/// every merge made (Provilkov et al. 2020, "BPE-Dropout", algorithm 1).
/// </remarks>
internal sealed class WordMerger
{
    private const int End = -1;
    private const int Gone = -1;
    private const int LargestKept = 1 << 16;

    [ThreadStatic]
    private static WordMerger? ofThisThread;

    private readonly List<int> pieces = [];
    private readonly PriorityQueue<int, ulong> queue = new();
    private readonly List<(int Position, ulong Priority)> passedOver = [];
    private int[] next = [];
    private int[] previous = [];

    /// <summary>Takes the thread's merger; its working memory is used again for the next word.</summary>
    public static WordMerger Rent()
    {
        WordMerger merger = ofThisThread ?? new WordMerger();
        ofThisThread = null;
        merger.pieces.Clear();
        return merger;
    }

    /// <summary>Gives the merger back, unless an unusually long word made it large.</summary>
    public void Return() => ofThisThread = next.Length <= LargestKept ? this : null;

    /// <summary>The word's pieces before merging, to be filled in by the caller: ids of characters or bytes.</summary>
    public List<int> Pieces => pieces;

    /// <summary>Merges the pieces and adds what remains to a list.</summary>
    public void Merge(MergeTable merges, double dropout, ref SplitMix64 random, List<int> output)
    {
        LinkPieces();
        queue.Clear();
        passedOver.Clear();
        for (int position = 0; position < pieces.Count; position++)
        {
            Offer(merges, position);
        }

        while (queue.TryDequeue(out int left, out ulong priority))
        {
            int rank = (int)(priority >> 32);
            if (!IsStillPossible(merges, left, rank, out int result))
            {
                continue;
            }

            if (dropout > 0 && random.NextDouble() < dropout)
            {
                passedOver.Add((left, priority));
                continue;
            }

            Join(left, result);
            queue.EnqueueRange(passedOver);
            passedOver.Clear();
            Offer(merges, previous[left]);
            Offer(merges, left);
        }

        for (int position = pieces.Count > 0 ? 0 : End; position != End; position = next[position])
        {
            output.Add(pieces[position]);
        }
    }

    private void LinkPieces()
    {
        if (next.Length < pieces.Count)
        {
            next = new int[Math.Max(64, 2 * pieces.Count)];
            previous = new int[next.Length];
        }

        for (int position = 0; position < pieces.Count; position++)
        {
            previous[position] = position - 1;
            next[position] = position + 1 < pieces.Count ? position + 1 : End;
        }
    }

    private void Offer(MergeTable merges, int left)
    {
        if (left != End && next[left] != End && merges.TryGet(pieces[left], pieces[next[left]], out int rank, out _))
        {
            queue.Enqueue(left, ((ulong)rank << 32) | (uint)left);
        }
    }

    // The pair at this place may have changed since it was offered; with an equal rank it is as good.
    private bool IsStillPossible(MergeTable merges, int left, int rank, out int result)
    {
        result = Gone;
        return pieces[left] != Gone
            && next[left] != End
            && merges.TryGet(pieces[left], pieces[next[left]], out int current, out result)
            && current == rank;
    }

    private void Join(int left, int result)
    {
        int right = next[left];
        pieces[left] = result;
        pieces[right] = Gone;
        next[left] = next[right];
        if (next[left] != End)
        {
            previous[next[left]] = left;
        }
    }
}
