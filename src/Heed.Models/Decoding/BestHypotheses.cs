namespace Heed.Models.Decoding;

/// <summary>The best complete hypotheses of a sentence, best first; the earlier first among equals.</summary>
internal sealed class BestHypotheses(int capacity)
{
    private readonly List<Entry> entries = [];

    /// <summary>A complete hypothesis.</summary>
    /// <param name="Node">Its prefix in the <see cref="HypothesisTree"/>.</param>
    /// <param name="LogProbability">The log-probability of the prefix.</param>
    /// <param name="Score">What it is ranked by.</param>
    /// <param name="IsFinished">Whether it ends with the end token.</param>
    public readonly record struct Entry(int Node, double LogProbability, double Score, bool IsFinished);

    /// <summary>How many are kept.</summary>
    public int Count => entries.Count;

    /// <summary>The best.</summary>
    /// <param name="count">How many are wanted.</param>
    public IEnumerable<Entry> Best(int count) => entries.Take(count);

    /// <summary>The score that a further hypothesis must beat to be among the best so many; minus infinity where there is room.</summary>
    public double ScoreToBeat(int count) => entries.Count < count ? double.NegativeInfinity : entries[count - 1].Score;

    /// <summary>Keeps a hypothesis where it is good enough.</summary>
    public void Add(Entry entry)
    {
        int place = entries.Count;
        while (place > 0 && entry.Score > entries[place - 1].Score)
        {
            place--;
        }

        entries.Insert(place, entry);
        if (entries.Count > capacity)
        {
            entries.RemoveAt(capacity);
        }
    }
}
