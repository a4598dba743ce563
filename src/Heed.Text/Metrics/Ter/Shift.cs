namespace Heed.Text.Metrics.Ter;

/// <summary>A move of some words of a hypothesis to another place.</summary>
/// <param name="Gain">How much less the edit distance is after the move.</param>
/// <param name="Length">How many words move.</param>
/// <param name="Start">Where they stand.</param>
/// <param name="Target">Before which word they go.</param>
internal readonly record struct Shift(int Gain, int Length, int Start, int Target)
{
    /// <summary>How many words at the start of the hypothesis stay as they are.</summary>
    public int Unmoved => Math.Min(Start, Target);

    /// <summary>
    /// tercom's order: the most gain, then the longest move, then the earliest start, then the earliest target.
    /// </summary>
    public bool IsBetterThan(Shift other) =>
        (Gain, Length, -Start, -Target).CompareTo((other.Gain, other.Length, -other.Start, -other.Target)) > 0;

    /// <summary>Writes the words in their new order.</summary>
    public void Apply(ReadOnlySpan<int> words, Span<int> result)
    {
        ReadOnlySpan<int> moved = words.Slice(Start, Length);
        if (Target < Start)
        {
            Join(result, words[..Target], moved, words[Target..Start], words[(Start + Length)..]);
            return;
        }

        // A target inside the moved words counts from their start, as in sacreBLEU: they go that many words further.
        int end = Target > Start + Length ? Target : Math.Min(words.Length, Length + Target);
        Join(result, words[..Start], words[(Start + Length)..end], moved, words[end..]);
    }

    private static void Join(Span<int> result, ReadOnlySpan<int> a, ReadOnlySpan<int> b, ReadOnlySpan<int> c, ReadOnlySpan<int> d)
    {
        a.CopyTo(result);
        b.CopyTo(result[a.Length..]);
        c.CopyTo(result[(a.Length + b.Length)..]);
        d.CopyTo(result[(a.Length + b.Length + c.Length)..]);
    }
}
