using System.Runtime.InteropServices;
using Heed.Text.Metrics.NGrams;

namespace Heed.Text.Metrics.Rouge;

/// <summary>Scores a segment; of several references the one with the best F-measure counts.</summary>
internal sealed class RougeMeter(RougeConfig config) : SegmentMeter
{
    public const int Precision = 0;
    public const int Recall = 1;
    public const int FMeasure = 2;
    public const int Segments = 3;
    public const int Width = 4;

    /// <summary>
    /// Fractions are kept in units of 2^-36: integers, whose sum does not depend on their order, to 10 digits, for up
    /// to 100 million segments.
    /// </summary>
    public const double Unit = 1L << 36;

    private readonly RougeWords words = new(config.UseStemmer);
    private readonly NGramCounter nGrams = new(2);
    private readonly NGramCounts ofPrediction = new();
    private readonly NGramCounts ofTarget = new();

    /// <inheritdoc/>
    public override void Measure(string hypothesis, IReadOnlyList<string> references, Span<long> statistics)
    {
        Overlap? best = null;
        foreach (string reference in references)
        {
            words.Clear();
            Overlap overlap = Compare(reference, hypothesis);
            if (best is null || overlap.FMeasure > best.Value.FMeasure)
            {
                best = overlap;
            }
        }

        statistics[Precision] = (long)Math.Round(best!.Value.Precision * Unit);
        statistics[Recall] = (long)Math.Round(best.Value.Recall * Unit);
        statistics[FMeasure] = (long)Math.Round(best.Value.FMeasure * Unit);
        statistics[Segments] = 1;
    }

    private Overlap Compare(string target, string prediction)
    {
        if (config.Kind == RougeKind.RougeLsum)
        {
            return SummaryOverlap.Measure(ReadSentences(target), ReadSentences(prediction));
        }

        Span<int> targetWords = CollectionsMarshal.AsSpan(words.Read(target));
        Span<int> predictionWords = CollectionsMarshal.AsSpan(words.Read(prediction));
        return config.Kind == RougeKind.RougeL
            ? new Overlap(LongestCommonSubsequence.Length(targetWords, predictionWords), predictionWords.Length, targetWords.Length)
            : CompareNGrams(targetWords, predictionWords, order: config.Kind == RougeKind.Rouge1 ? 1 : 2);
    }

    private Overlap CompareNGrams(ReadOnlySpan<int> target, ReadOnlySpan<int> prediction, int order)
    {
        nGrams.Clear();
        nGrams.Count(target, ofTarget);
        nGrams.Count(prediction, ofPrediction);
        Span<long> matches = stackalloc long[2];
        nGrams.AddMatches(ofTarget, ofPrediction, matches);
        return new Overlap(matches[order - 1], NGramCounter.Total(prediction.Length, order), NGramCounter.Total(target.Length, order));
    }

    private List<List<int>> ReadSentences(string text) => [.. text.Split('\n').Select(words.Read)];
}
