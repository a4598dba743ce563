using Heed.Text.Tokenizers.Training;

namespace Heed.Text.Tokenizers.Bpe;

/// <summary>
/// All different words of the training text as linked lists of pieces, with the count of every pair of neighbours kept
/// up to date: a merge costs only as much as the places it changes.
/// </summary>
internal sealed class PieceSequence
{
    private const int Gone = -1;
    private const int End = -1;

    private readonly int[] pieces;
    private readonly int[] next;
    private readonly int[] previous;
    private readonly int[] wordOf;
    private readonly TrainingWords words;
    private readonly Func<int, int, bool> mayMerge;
    private readonly PairMap pairPlaces = new();
    private readonly List<PairCount> pairs = [];
    private readonly HashSet<PairCount> risen = [];

    /// <param name="words">The words; the first character of the alphabet gets the id <see cref="Vocabulary.FirstPieceId"/>.</param>
    /// <param name="mayMerge">Whether two ids may become one piece; other pairs are not counted.</param>
    public PieceSequence(TrainingWords words, Func<int, int, bool> mayMerge)
    {
        this.words = words;
        this.mayMerge = mayMerge;
        var ids = words.Alphabet.Select((rune, place) => (rune.Value, Id: Vocabulary.FirstPieceId + place)).ToDictionary();
        pieces = [.. words.CodePoints.Select(codePoint => ids[codePoint])];
        next = new int[pieces.Length];
        previous = new int[pieces.Length];
        wordOf = new int[pieces.Length];
        for (int word = 0; word < words.Count; word++)
        {
            LinkWord(word);
        }
    }

    /// <summary>The pairs met up to now.</summary>
    public IReadOnlyList<PairCount> Pairs => pairs;

    /// <summary>Replaces every occurrence of a pair, from left to right, by one piece.</summary>
    /// <returns>The pairs that now occur more often, valid until the next call.</returns>
    public IReadOnlyCollection<PairCount> Merge(PairCount pair, int result)
    {
        risen.Clear();
        List<int> positions = pair.Positions;
        positions.Sort();
        foreach (int left in positions)
        {
            int right = next[left];
            if (pieces[left] == pair.Left && right != End && pieces[right] == pair.Right)
            {
                MergeAt(left, right, result);
            }
        }

        pair.Positions.Clear();
        pair.Positions.TrimExcess();
        return risen;
    }

    private void LinkWord(int word)
    {
        int start = words.StartOf(word);
        int end = words.StartOf(word + 1);
        for (int position = start; position < end; position++)
        {
            wordOf[position] = word;
            previous[position] = position > start ? position - 1 : End;
            next[position] = position + 1 < end ? position + 1 : End;
        }

        for (int position = start; position < end; position++)
        {
            CountPairAt(position);
        }
    }

    private void MergeAt(int left, int right, int result)
    {
        int before = previous[left];
        int after = next[right];
        UncountPairAt(before);
        UncountPairAt(left);
        UncountPairAt(right);
        pieces[left] = result;
        pieces[right] = Gone;
        next[left] = after;
        if (after != End)
        {
            previous[after] = left;
        }

        CountPairAt(before);
        CountPairAt(left);
    }

    private void CountPairAt(int left)
    {
        if (left == End || next[left] == End || !mayMerge(pieces[left], pieces[next[left]]))
        {
            return;
        }

        (int first, int second) = (pieces[left], pieces[next[left]]);
        if (!pairPlaces.TryGetValue(first, second, out int place))
        {
            place = pairs.Count;
            pairPlaces.TryAdd(first, second, place);
            pairs.Add(new PairCount(first, second));
        }

        PairCount pair = pairs[place];
        pair.Count += words.CountOf(wordOf[left]);
        pair.Positions.Add(left);
        risen.Add(pair);
    }

    private void UncountPairAt(int left)
    {
        if (left != End && next[left] != End && pairPlaces.TryGetValue(pieces[left], pieces[next[left]], out int place))
        {
            pairs[place].Count -= words.CountOf(wordOf[left]);
        }
    }
}
