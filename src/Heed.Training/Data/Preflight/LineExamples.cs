namespace Heed.Training.Data.Preflight;

/// <summary>Counts lines of a kind and remembers the numbers of the first few.</summary>
public sealed class LineExamples
{
    private const int MaxExamples = 5;

    private readonly List<long> first = [];

    /// <summary>How many there are.</summary>
    public long Count { get; private set; }

    /// <summary>The numbers of the first five; the first line is 1.</summary>
    public IReadOnlyList<long> First => first;

    /// <summary>The numbers of the first lines, as a message shows them: <c>line 3, 17, 44, ...</c>.</summary>
    public override string ToString() => $"line {string.Join(", ", first)}{(Count > first.Count ? ", ..." : "")}";

    internal void Add(long line)
    {
        Count++;
        if (first.Count < MaxExamples)
        {
            first.Add(line);
        }
    }
}
