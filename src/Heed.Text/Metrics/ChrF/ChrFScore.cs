namespace Heed.Text.Metrics.ChrF;

/// <summary>A chrF score.</summary>
/// <param name="Name">The name with beta and a plus for every order of words, such as <c>chrF2++</c>.</param>
/// <param name="Value">The score in percent.</param>
public sealed record ChrFScore(string Name, double Value) : MetricScore(Name, Value)
{
    /// <summary>For each order, characters first, how many n-grams the hypotheses have that could match.</summary>
    public required IReadOnlyList<long> HypothesisTotals { get; init; }

    /// <summary>For each order, characters first, how many n-grams the references have.</summary>
    public required IReadOnlyList<long> ReferenceTotals { get; init; }

    /// <summary>For each order, characters first, how many n-grams match.</summary>
    public required IReadOnlyList<long> Matches { get; init; }
}
