using System.Runtime.InteropServices;
using Heed.Text.Metrics.NGrams;
using Heed.Text.Metrics.PythonRules;

namespace Heed.Text.Metrics.Bleu;

/// <summary>Counts what BLEU needs of a segment.</summary>
internal sealed class BleuMeter(BleuConfig config) : SegmentMeter
{
    private readonly BleuStatistics layout = new(config.MaxOrder);
    private readonly WordNumbers words = new();
    private readonly NGramCounter nGrams = new(config.MaxOrder);
    private readonly NGramCounts ofHypothesis = new();
    private readonly NGramCounts ofReference = new();
    private readonly NGramCounts allowed = new();
    private readonly List<int> sentence = [];

    /// <inheritdoc/>
    public override void Measure(string hypothesis, IReadOnlyList<string> references, Span<long> statistics)
    {
        words.Clear();
        nGrams.Clear();
        int length = Count(hypothesis, ofHypothesis);
        statistics[BleuStatistics.HypothesisLength] = length;
        statistics[BleuStatistics.ReferenceLength] = CountReferences(references, length);
        statistics[BleuStatistics.TokenizedLines] = hypothesis.EndsWith(" .", StringComparison.Ordinal) ? 1 : 0;
        nGrams.AddMatches(ofHypothesis, allowed, statistics[layout.Matches]);
        Span<long> totals = statistics[layout.Totals];
        for (int order = 1; order <= config.MaxOrder; order++)
        {
            totals[order - 1] = NGramCounter.Total(length, order);
        }
    }

    /// <summary>
    /// Allows each n-gram as often as the reference with most of them has it, and returns the length nearest to that
    /// of the hypothesis, the shorter one of two as near.
    /// </summary>
    private int CountReferences(IReadOnlyList<string> references, int hypothesisLength)
    {
        allowed.Clear();
        int nearest = -1;
        foreach (string reference in references)
        {
            int length = Count(reference, ofReference);
            allowed.RaiseTo(ofReference);
            int difference = Math.Abs(length - hypothesisLength), best = Math.Abs(nearest - hypothesisLength);
            if (nearest < 0 || difference < best || (difference == best && length < nearest))
            {
                nearest = length;
            }
        }

        return nearest;
    }

    private int Count(string text, NGramCounts counts)
    {
        if (config.Lowercase)
        {
            text = PythonLowercase.Lower(text);
        }

        words.Read(config.Tokenizer.Tokenize(PythonWhitespace.TrimEnd(text)), sentence);
        nGrams.Count(CollectionsMarshal.AsSpan(sentence), counts);
        return sentence.Count;
    }
}
