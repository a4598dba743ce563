namespace Heed.Text.Metrics.Rouge;

/// <summary>A ROUGE score: the mean over the segments.</summary>
/// <param name="Name">The name, such as <c>ROUGE-2</c>.</param>
/// <param name="Value">100 times <see cref="FMeasure"/>.</param>
public sealed record RougeScore(string Name, double Value) : MetricScore(Name, Value)
{
    /// <summary>The share of the output that is in the reference, 0 to 1.</summary>
    public required double Precision { get; init; }

    /// <summary>The share of the reference that is in the output, 0 to 1.</summary>
    public required double Recall { get; init; }

    /// <summary>The harmonic mean of precision and recall, 0 to 1; for a text the mean over its segments.</summary>
    public required double FMeasure { get; init; }
}
