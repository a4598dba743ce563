using Heed.Text.Metrics.PythonRules;

namespace Heed.Text.Metrics.Bleu;

/// <summary>A BLEU score with its parts.</summary>
/// <param name="Value">The score in percent.</param>
public sealed record BleuScore(double Value) : MetricScore("BLEU", Value)
{
    /// <summary>For each order from 1, how many n-grams of the hypotheses match.</summary>
    public required IReadOnlyList<long> Matches { get; init; }

    /// <summary>For each order from 1, how many n-grams the hypotheses have.</summary>
    public required IReadOnlyList<long> Totals { get; init; }

    /// <summary>For each order from 1, the precision in percent, smoothed.</summary>
    public required IReadOnlyList<double> Precisions { get; init; }

    /// <summary>The factor, 0 to 1, that punishes output shorter than the references.</summary>
    public required double BrevityPenalty { get; init; }

    /// <summary>The words of all hypotheses.</summary>
    public required long HypothesisLength { get; init; }

    /// <summary>The words of the references nearest in length to their hypotheses.</summary>
    public required long ReferenceLength { get; init; }

    /// <summary>The hypotheses' length over that of the references; 0 where these have no words.</summary>
    public double LengthRatio => ReferenceLength > 0 ? (double)HypothesisLength / ReferenceLength : 0;

    /// <summary>
    /// The precisions and lengths: <c>68.1/43.2/29.9/20.8 (BP = 0.980 ratio = 0.980 hyp_len = 63134 ref_len = 64399)</c>.
    /// </summary>
    public override string Details =>
        $"{string.Join('/', Precisions.Select(precision => PythonFixedPoint.Format(precision, 1)))} "
        + $"(BP = {PythonFixedPoint.Format(BrevityPenalty, 3)} ratio = {PythonFixedPoint.Format(LengthRatio, 3)} "
        + $"hyp_len = {HypothesisLength} ref_len = {ReferenceLength})";

    /// <inheritdoc/>
    public override string? Warning => TokenizedLines is { } count
        ? $"{count} hypotheses end in a tokenized period (' .'): give detokenized text, or force the score if it is meant so."
        : null;

    /// <summary>How many hypotheses look tokenized, where that is enough to doubt the score.</summary>
    internal long? TokenizedLines { get; init; }
}
