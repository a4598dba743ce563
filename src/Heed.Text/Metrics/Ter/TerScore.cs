namespace Heed.Text.Metrics.Ter;

/// <summary>A TER score; less is better, and it can exceed 100.</summary>
/// <param name="Value">The edits for every 100 words of reference.</param>
public sealed record TerScore(double Value) : MetricScore("TER", Value)
{
    /// <summary>How many edits make the hypotheses into their nearest references.</summary>
    public required long Edits { get; init; }

    /// <summary>The words of the references, averaged where a segment has several.</summary>
    public required double ReferenceLength { get; init; }
}
