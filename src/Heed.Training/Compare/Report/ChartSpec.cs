using System.Globalization;

namespace Heed.Training.Compare.Report;

/// <summary>One chart of the report, and what is said about it.</summary>
internal sealed record ChartSpec
{
    /// <summary>The chart's name in the measurements.</summary>
    public required string Id { get; init; }

    public required string Title { get; init; }

    public required string XLabel { get; init; }

    public required string YLabel { get; init; }

    /// <summary>What is measured and what one would expect, before the numbers are seen.</summary>
    public required string Introduction { get; init; }

    /// <summary>What the numbers say.</summary>
    public required Func<ILookup<string, Measurement>, string> Verdict { get; init; }

    /// <summary>The heading of its column in the overview, or null when it has none.</summary>
    public string? Glance { get; init; }

    /// <summary>What x counts, in a word.</summary>
    public string Unit { get; init; } = string.Empty;

    /// <summary>Whether a bar is drawn for each name instead of a line over x.</summary>
    public bool IsBars { get; init; }

    public bool LogX { get; init; }

    public bool LogY { get; init; }

    public double? YLeast { get; init; }

    public double? YMost { get; init; }

    /// <summary>Whether values are shares, written in percent.</summary>
    public bool IsShare { get; init; }

    /// <summary>Whether values are scores of at most 100, written with one digit.</summary>
    public bool IsScore { get; init; }

    /// <summary>Up to where models were trained, or null.</summary>
    public double? TrainedUpTo { get; init; }

    /// <summary>What guessing reaches, or null.</summary>
    public double? Chance { get; init; }

    public string Format(double value) =>
        IsShare ? $"{ChartAxis.Format(Math.Round(100 * value, 1))} %"
        : IsScore ? value.ToString("0.0", CultureInfo.InvariantCulture)
        : ChartAxis.Format(value);
}
