using Heed.Text.Tokenizers.Training;

namespace Heed.Text.Tokenizers.Unigram;

/// <summary>
/// Lists the substrings of the training words that could be pieces, with how often they occur. Of substrings that always
/// occur together only the longest is listed: the others are never needed.
/// </summary>
/// <remarks>
/// A suffix array, sorted only as deep as a piece is long, and a walk over its intervals of common prefixes
/// (Abouelhoda et al. 2004, "Replacing suffix trees with enhanced suffix arrays"). Memory: 20 bytes for each character
/// of the different words.
/// </remarks>
internal sealed class SubstringCounter
{
    private const int BitsPerCharacter = 21;
    private const ulong LastCharacter = (1UL << BitsPerCharacter) - 1;

    private readonly TrainingWords words;
    private readonly int longest;
    private readonly int[] wordOf;
    private readonly int[] suffixes;

    /// <param name="words">The text.</param>
    /// <param name="longest">The longest substring to list, in characters.</param>
    public SubstringCounter(TrainingWords words, int longest)
    {
        this.words = words;
        this.longest = longest;
        wordOf = new int[words.CodePoints.Length];
        suffixes = new int[words.CodePoints.Length];
        for (int word = 0; word < words.Count; word++)
        {
            wordOf.AsSpan(words.StartOf(word)..words.StartOf(word + 1)).Fill(word);
        }

        for (int i = 0; i < suffixes.Length; i++)
        {
            suffixes[i] = i;
        }

        Sort(0, suffixes.Length, depth: 0, new ulong[suffixes.Length]);
    }

    /// <summary>All substrings of at least two characters that occur at least <paramref name="minCount"/> times, in the order of their text.</summary>
    public List<Substring> Count(long minCount)
    {
        var found = new List<Substring>();
        var open = new Stack<(int Length, long CountBefore)>();
        long counted = 0;
        for (int i = 0; i < suffixes.Length; i++)
        {
            // The suffix itself is a substring too; where the next one does not contain it, its interval is just this place.
            int length = LengthAt(suffixes[i]);
            if (open.Count == 0 || open.Peek().Length < length)
            {
                open.Push((length, counted));
            }

            counted += words.CountOf(wordOf[suffixes[i]]);
            int shared = i + 1 < suffixes.Length ? SharedPrefix(suffixes[i], suffixes[i + 1]) : 0;
            Close(open, shared, suffixes[i], counted, minCount, found);
        }

        return found;
    }

    private static void Close(
        Stack<(int Length, long CountBefore)> open, int shared, int start, long counted, long minCount, List<Substring> found)
    {
        long firstBefore = counted;
        while (open.TryPeek(out var top) && top.Length > shared)
        {
            open.Pop();
            firstBefore = top.CountBefore;
            if (top.Length >= 2 && counted - firstBefore >= minCount)
            {
                found.Add(new Substring(start, top.Length, counted - firstBefore));
            }
        }

        if (shared > 0 && (open.Count == 0 || open.Peek().Length < shared))
        {
            open.Push((shared, firstBefore));
        }
    }

    private int LengthAt(int start) => Math.Min(longest, words.StartOf(wordOf[start] + 1) - start);

    private int SharedPrefix(int left, int right)
    {
        int limit = Math.Min(LengthAt(left), LengthAt(right));
        return words.CodePoints.AsSpan(left, limit).CommonPrefixLength(words.CodePoints.AsSpan(right, limit));
    }

    /// <summary>Sorts suffixes that agree in the first <paramref name="depth"/> characters, three more characters at a time.</summary>
    private void Sort(int from, int to, int depth, ulong[] keys)
    {
        for (int i = from; i < to; i++)
        {
            keys[i] = Key(suffixes[i], depth);
        }

        Array.Sort(keys, suffixes, from, to - from);
        for (int start = from; start < to;)
        {
            int end = start + 1;
            while (end < to && keys[end] == keys[start])
            {
                end++;
            }

            // A key that ends in 0 holds the end of its suffix.
            bool goesOn = (keys[start] & LastCharacter) != 0 && depth + 3 < longest;
            if (end - start > 1 && goesOn)
            {
                Sort(start, end, depth + 3, keys);
            }

            start = end;
        }
    }

    /// <summary>Three characters in one number; 0 stands for the end of the word.</summary>
    private ulong Key(int start, int depth)
    {
        ulong key = 0;
        int end = start + LengthAt(start);
        for (int i = start + depth; i < start + depth + 3; i++)
        {
            key = (key << BitsPerCharacter) | (i < end ? (ulong)words.CodePoints[i] + 1 : 0);
        }

        return key;
    }
}
