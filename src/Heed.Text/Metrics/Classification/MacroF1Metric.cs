using System.Collections.Immutable;

namespace Heed.Text.Metrics.Classification;

/// <summary>The mean over the classes of F1, so that a rare class counts as much as a common one.</summary>
/// <remarks>
/// Hypotheses are the predicted labels and references the true ones, one for each text. A class that occurs in neither is left out, and one that is never
/// predicted has F1 = 0, as in scikit-learn's <c>f1_score(average="macro")</c>.
/// </remarks>
public sealed class MacroF1Metric : CorpusMetric<MacroF1Score>
{
    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);

    /// <summary>Creates the metric.</summary>
    /// <param name="labels">All classes.</param>
    /// <exception cref="ArgumentException">A class is named twice.</exception>
    public MacroF1Metric(IReadOnlyList<string> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        Labels = [.. labels];
        foreach (string label in Labels)
        {
            numbers.Add(label, numbers.Count);
        }
    }

    /// <summary>All classes.</summary>
    public ImmutableArray<string> Labels { get; }

    /// <inheritdoc/>
    public override string Name => "macro-F1";

    /// <summary>For each class how often it was rightly predicted, how often predicted, and how often true.</summary>
    public override int StatisticsWidth => 3 * Labels.Length;

    /// <inheritdoc/>
    protected override string Settings => $"classes:{Labels.Length}";

    /// <inheritdoc/>
    protected internal override SegmentMeter CreateMeter() => new Meter(numbers);

    /// <inheritdoc/>
    protected internal override MacroF1Score Combine(ReadOnlySpan<long> sums)
    {
        double sum = 0;
        int classes = 0;
        for (int i = 0; i < sums.Length; i += 3)
        {
            long occurrences = sums[i + 1] + sums[i + 2];
            if (occurrences > 0)
            {
                sum += 2.0 * sums[i] / occurrences; // 2PR / (P + R)
                classes++;
            }
        }

        return new MacroF1Score(100 * sum / Math.Max(1, classes));
    }

    private sealed class Meter(Dictionary<string, int> numbers) : SegmentMeter
    {
        public override void Measure(string hypothesis, IReadOnlyList<string> references, Span<long> statistics)
        {
            int predicted = Number(hypothesis), actual = Number(references[0]);
            statistics[3 * predicted] += predicted == actual ? 1 : 0;
            statistics[(3 * predicted) + 1]++;
            statistics[(3 * actual) + 2]++;
        }

        private int Number(string label) => numbers.TryGetValue(label, out int number)
            ? number
            : throw new ArgumentException($"\"{label}\" is not one of the classes, which are {string.Join(", ", numbers.Keys.Take(20))}");
    }
}
