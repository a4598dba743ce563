using System.Globalization;

namespace Heed.Text.Metrics.Classification;

/// <summary>How many texts of 100 are in the right class.</summary>
/// <param name="Value">In percent.</param>
public sealed record AccuracyScore(double Value) : MetricScore("accuracy", Value)
{
    /// <summary>How many are right.</summary>
    public required long Right { get; init; }

    /// <summary>How many there are.</summary>
    public required long Total { get; init; }

    /// <inheritdoc/>
    public override string Details => string.Create(CultureInfo.InvariantCulture, $"({Right} of {Total})");
}
