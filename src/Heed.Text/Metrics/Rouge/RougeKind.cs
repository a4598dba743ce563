namespace Heed.Text.Metrics.Rouge;

/// <summary>What a ROUGE score counts.</summary>
public enum RougeKind
{
    /// <summary>Single words.</summary>
    Rouge1,

    /// <summary>Pairs of words.</summary>
    Rouge2,

    /// <summary>The longest common subsequence of the whole texts; line breaks are white space.</summary>
    RougeL,

    /// <summary>The union of the longest common subsequences of the lines, each line being a sentence.</summary>
    RougeLsum,
}
