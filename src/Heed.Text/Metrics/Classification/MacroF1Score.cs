namespace Heed.Text.Metrics.Classification;

/// <summary>The mean over the classes of F1.</summary>
/// <param name="Value">In percent.</param>
public sealed record MacroF1Score(double Value) : MetricScore("macro-F1", Value);
