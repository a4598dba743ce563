namespace Heed.Text.Tokenizers.Bpe;

/// <summary>The merges in the order they were learnt; the rank of a merge is its place in it.</summary>
internal sealed class MergeTable
{
    private readonly PairMap ranks;
    private readonly Merge[] merges;

    /// <param name="merges">The merges; no pair may occur twice.</param>
    public MergeTable(IReadOnlyList<Merge> merges)
    {
        this.merges = [.. merges];
        ranks = new PairMap(merges.Count);
        for (int rank = 0; rank < merges.Count; rank++)
        {
            if (!ranks.TryAdd(merges[rank].Left, merges[rank].Right, rank))
            {
                throw new ArgumentException($"merge {rank} repeats an earlier one", nameof(merges));
            }
        }
    }

    public ReadOnlySpan<Merge> Merges => merges;

    public bool TryGetRank(int left, int right, out int rank) => ranks.TryGetValue(left, right, out rank);

    public int ResultOf(int rank) => merges[rank].Result;
}
