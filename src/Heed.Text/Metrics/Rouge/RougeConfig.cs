namespace Heed.Text.Metrics.Rouge;

/// <summary>The settings of ROUGE.</summary>
public sealed record RougeConfig
{
    /// <summary>What is counted.</summary>
    public RougeKind Kind { get; init; } = RougeKind.Rouge1;

    /// <summary>Compares the stems of English words of more than three letters (<see cref="PorterStemmer"/>).</summary>
    public bool UseStemmer { get; init; }
}
