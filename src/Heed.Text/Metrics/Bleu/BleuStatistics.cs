namespace Heed.Text.Metrics.Bleu;

/// <summary>Where the parts of BLEU stand in the statistics of a segment.</summary>
internal readonly struct BleuStatistics(int maxOrder)
{
    public const int HypothesisLength = 0;
    public const int ReferenceLength = 1;
    public const int TokenizedLines = 2;

    public int Width => 3 + (2 * maxOrder);

    public Range Matches => 3..(3 + maxOrder);

    public Range Totals => (3 + maxOrder)..Width;
}
