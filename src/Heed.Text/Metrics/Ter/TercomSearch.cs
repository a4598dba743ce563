namespace Heed.Text.Metrics.Ter;

/// <summary>
/// Counts the edits of TER: inserting, deleting and replacing a word, and moving a run of words. Finding the fewest is
/// hard, so tercom searches greedily: it makes the move that lowers the edit distance most, until none does.
/// Belongs to one thread.
/// </summary>
/// <remarks>
/// Snover, Dorr, Schwartz, Micciulla and Makhoul, "A Study of Translation Edit Rate with Targeted Human Annotation"
/// (2006), section 3. The limits and the order of preference are those of tercom and sacreBLEU; the score depends on them.
/// </remarks>
internal sealed class TercomSearch
{
    private const int LongestMove = 10;
    private const int FarthestMove = 50;
    private const int MaxCandidates = 1000; // over all moves of a hypothesis

    private readonly BeamEditDistance beamDistance = new();
    private readonly EditAlignment alignment = new();
    private int[] words = [];
    private int[] spare = [];
    private int wordCount;
    private int candidates;
    private Shift? bestShift;

    /// <summary>The number of edits that make a hypothesis into a reference.</summary>
    public int CountEdits(ReadOnlySpan<int> hypothesis, ReadOnlySpan<int> reference)
    {
        if (reference.IsEmpty)
        {
            return hypothesis.Length;
        }

        Load(hypothesis);
        int moves = 0;
        int distance = beamDistance.Align(hypothesis, reference);
        while (FindShift(distance, reference) is { Gain: > 0 } shift && candidates < MaxCandidates)
        {
            moves++;
            shift.Apply(Hypothesis, spare);
            (words, spare) = (spare, words);
            distance = beamDistance.Align(Hypothesis, reference);
        }

        return moves + distance;
    }

    private ReadOnlySpan<int> Hypothesis => words.AsSpan(0, wordCount);

    private void Load(ReadOnlySpan<int> hypothesis)
    {
        if (words.Length < hypothesis.Length)
        {
            words = new int[hypothesis.Length];
            spare = new int[hypothesis.Length];
        }

        hypothesis.CopyTo(words);
        wordCount = hypothesis.Length;
        candidates = 0;
    }

    /// <summary>The best move for the hypothesis as it stands, which the edit distance has aligned.</summary>
    private Shift? FindShift(int distance, ReadOnlySpan<int> reference)
    {
        bestShift = null;
        alignment.Read(beamDistance, wordCount, reference.Length);
        for (int start = 0; start < wordCount; start++)
        {
            int first = Math.Max(0, start - FarthestMove), last = Math.Min(reference.Length - 1, start + FarthestMove);
            for (int goal = first; goal <= last; goal++)
            {
                if (!TryMoves(distance, reference, start, goal))
                {
                    return bestShift;
                }
            }
        }

        return bestShift;
    }

    /// <summary>
    /// Tries to move each run of words that stands at <paramref name="start"/> in the hypothesis and at
    /// <paramref name="goal"/> in the reference. False when the number of candidates is used up.
    /// </summary>
    private bool TryMoves(int distance, ReadOnlySpan<int> reference, int start, int goal)
    {
        int longest = Math.Min(LongestMove, Math.Min(wordCount - start, reference.Length - goal));
        for (int length = 1; length <= longest && words[start + length - 1] == reference[goal + length - 1]; length++)
        {
            bool useful = alignment.AnyWrongInHypothesis(start, length)
                && alignment.AnyWrongInReference(goal, length)
                && !(alignment[goal] >= start && alignment[goal] < start + length);
            if (!useful)
            {
                continue;
            }

            TryTargets(distance, start, goal, length);
            if (candidates >= MaxCandidates)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Tries to put the run before the word that its goal is aligned to, and after each word of the goal.</summary>
    private void TryTargets(int distance, int start, int goal, int length)
    {
        int previous = -1;
        for (int offset = -1; offset < length; offset++)
        {
            int target = goal + offset < 0 ? 0 : alignment[goal + offset] + 1;
            if (target == previous)
            {
                continue;
            }

            previous = target;
            var shift = new Shift(0, length, start, target);
            Span<int> reordered = spare.AsSpan(0, wordCount);
            shift.Apply(Hypothesis, reordered);
            shift = shift with { Gain = distance - beamDistance.Distance(reordered, shift.Unmoved) };
            candidates++;
            if (bestShift is not { } best || shift.IsBetterThan(best))
            {
                bestShift = shift;
            }
        }
    }
}
