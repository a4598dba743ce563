namespace Heed.Text.Tokenizers.Bpe;

/// <summary>The merges by pair. A merge with a smaller rank is made first.</summary>
internal sealed class MergeTable
{
    private readonly PairMap places;
    private readonly Merge[] merges;
    private readonly int[]? ranks;

    /// <param name="merges">The merges; no pair may occur twice.</param>
    /// <param name="ranks">The rank of each merge, 0 or more, equal ones allowed; null where it is the merge's place.</param>
    public MergeTable(IReadOnlyList<Merge> merges, int[]? ranks = null)
    {
        this.merges = [.. merges];
        this.ranks = ranks;
        places = new PairMap(merges.Count);
        for (int place = 0; place < merges.Count; place++)
        {
            if (!places.TryAdd(merges[place].Left, merges[place].Right, place))
            {
                throw new ArgumentException($"merge {place} repeats an earlier one", nameof(merges));
            }
        }
    }

    public ReadOnlySpan<Merge> Merges => merges;

    /// <summary>The rank of a merge by its place.</summary>
    public int RankOf(int place) => ranks is null ? place : ranks[place];

    /// <summary>Finds what becomes of a pair.</summary>
    public bool TryGet(int left, int right, out int rank, out int result)
    {
        if (!places.TryGetValue(left, right, out int place))
        {
            (rank, result) = (0, 0);
            return false;
        }

        (rank, result) = (RankOf(place), merges[place].Result);
        return true;
    }
}
