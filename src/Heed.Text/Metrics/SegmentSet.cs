namespace Heed.Text.Metrics;

/// <summary>Hypotheses with their references, checked to belong together.</summary>
internal sealed class SegmentSet
{
    private readonly IReadOnlyList<string> hypotheses;
    private readonly IReadOnlyList<IReadOnlyList<string?>> references;

    /// <summary>Checks the lists: equal lengths, no missing hypothesis, at least one reference for each.</summary>
    public SegmentSet(IReadOnlyList<string> hypotheses, IReadOnlyList<IReadOnlyList<string?>> references)
    {
        ArgumentNullException.ThrowIfNull(hypotheses);
        ArgumentNullException.ThrowIfNull(references);
        this.hypotheses = hypotheses;
        this.references = references;
        CheckLengths();
        ReferenceCount = CheckSegments();
    }

    /// <summary>How many segments there are.</summary>
    public int Count => hypotheses.Count;

    /// <summary>How many references every segment has; null where that varies.</summary>
    public int? ReferenceCount { get; }

    /// <summary>The hypothesis of a segment.</summary>
    public string Hypothesis(int segment) => hypotheses[segment];

    /// <summary>Replaces <paramref name="present"/> by the references that a segment has.</summary>
    public void ReadReferences(int segment, List<string> present)
    {
        present.Clear();
        foreach (IReadOnlyList<string?> stream in references)
        {
            if (stream[segment] is { } reference)
            {
                present.Add(reference);
            }
        }
    }

    private void CheckLengths()
    {
        if (hypotheses.Count == 0)
        {
            throw new ArgumentException("There are no hypotheses to score.", "hypotheses");
        }

        if (references.Count == 0)
        {
            throw new ArgumentException("There are no references to score against; give at least one list of them.", "references");
        }

        for (int i = 0; i < references.Count; i++)
        {
            if (references[i].Count != hypotheses.Count)
            {
                throw new ArgumentException(
                    $"There are {hypotheses.Count} hypotheses but {references[i].Count} references in list {i + 1} of "
                    + $"{references.Count}; line i of each list must belong to hypothesis i.",
                    "references");
            }
        }
    }

    private int? CheckSegments()
    {
        int? common = null;
        bool varies = false;
        for (int segment = 0; segment < Count; segment++)
        {
            if (hypotheses[segment] is null)
            {
                throw new ArgumentException($"Hypothesis {segment + 1} is null; an empty output is an empty string.", "hypotheses");
            }

            int present = CountReferences(segment);
            if (present == 0)
            {
                throw new ArgumentException(
                    $"Segment {segment + 1} has no reference: it is null in all {references.Count} lists.", "references");
            }

            varies |= common is { } known && known != present;
            common = present;
        }

        return varies ? null : common;
    }

    private int CountReferences(int segment)
    {
        int present = 0;
        foreach (IReadOnlyList<string?> stream in references)
        {
            present += stream[segment] is null ? 0 : 1;
        }

        return present;
    }
}
