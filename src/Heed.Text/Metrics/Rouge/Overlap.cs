namespace Heed.Text.Metrics.Rouge;

/// <summary>How much two texts have in common.</summary>
internal readonly record struct Overlap(long Hits, long PredictionTotal, long TargetTotal)
{
    public double Precision => (double)Hits / Math.Max(1, PredictionTotal);

    public double Recall => (double)Hits / Math.Max(1, TargetTotal);

    public double FMeasure => Hits > 0 ? 2 * Precision * Recall / (Precision + Recall) : 0;
}
