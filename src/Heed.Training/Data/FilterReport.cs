using System.Collections.Immutable;

namespace Heed.Training.Data;

/// <summary>Counts what a <see cref="LengthFilter"/> kept and dropped, and remembers where the first dropped pairs stood.</summary>
/// <param name="filter">The filter that decides.</param>
public sealed class FilterReport(LengthFilter filter)
{
    private const int MaxExamples = 5;

    private readonly long[] dropped = new long[Enum.GetValues<DropReason>().Length];
    private readonly List<long>[] lines = [.. Enum.GetValues<DropReason>().Select(_ => new List<long>())];

    /// <summary>How many pairs were looked at.</summary>
    public long Total { get; private set; }

    /// <summary>How many were kept.</summary>
    public long Kept => Total - dropped.Sum();

    /// <summary>How many were dropped for a reason.</summary>
    public long Dropped(DropReason reason) => dropped[(int)reason];

    /// <summary>The numbers of the first few lines that were dropped for a reason; the first line is 1.</summary>
    public ImmutableArray<long> FirstLines(DropReason reason) => [.. lines[(int)reason]];

    /// <summary>One sentence: how many were kept of how many, and what was dropped and why.</summary>
    public override string ToString()
    {
        var parts = Enum.GetValues<DropReason>().Where(r => Dropped(r) > 0).Select(Describe);
        return $"kept {Kept} of {Total} pairs" + string.Concat(parts.Select((part, i) => (i == 0 ? "; dropped " : ", ") + part));
    }

    /// <summary>Counts the next pair and says whether to keep it.</summary>
    internal bool Accept(int sourceLength, int targetLength)
    {
        Total++;
        if (filter.Check(sourceLength, targetLength) is not { } reason)
        {
            return true;
        }

        dropped[(int)reason]++;
        if (lines[(int)reason].Count < MaxExamples)
        {
            lines[(int)reason].Add(Total);
        }

        return false;
    }

    private string Describe(DropReason reason)
    {
        var examples = lines[(int)reason];
        string more = examples.Count < Dropped(reason) ? ", ..." : "";
        return $"{Dropped(reason)} {filter.Describe(reason)} (line {string.Join(", ", examples)}{more})";
    }
}
