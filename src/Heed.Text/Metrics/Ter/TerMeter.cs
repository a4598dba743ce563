using System.Runtime.InteropServices;
using Heed.Text.Metrics.NGrams;
using Heed.Text.Metrics.PythonRules;
using Heed.Text.Metrics.Tokenization;

namespace Heed.Text.Metrics.Ter;

/// <summary>Counts the edits and the reference words of a segment.</summary>
internal sealed class TerMeter(TerConfig config) : SegmentMeter
{
    public const int Edits = 0;
    public const int ReferenceLength = 1;
    public const int Width = 2;

    /// <summary>
    /// The unit of reference lengths is 1/720720 word. That is a multiple of 1 to 16, so the mean length of up to 16
    /// references is an exact integer, and sums do not depend on their order.
    /// </summary>
    public const long LengthUnit = 720720;

    private readonly TercomTokenizer tokenizer = new(config);
    private readonly WordNumbers words = new();
    private readonly TercomSearch search = new();
    private readonly List<int> hypothesisWords = [];
    private readonly List<int> referenceWords = [];

    /// <inheritdoc/>
    public override void Measure(string hypothesis, IReadOnlyList<string> references, Span<long> statistics)
    {
        words.Clear();
        words.Read(Tokenize(hypothesis), hypothesisWords);
        int fewest = int.MaxValue;
        long lengths = 0;
        foreach (string reference in references)
        {
            // sacreBLEU tokenizes references twice, which matters for some runs of punctuation; so must we.
            words.Read(Tokenize(Tokenize(reference)), referenceWords);
            int edits = search.CountEdits(CollectionsMarshal.AsSpan(hypothesisWords), CollectionsMarshal.AsSpan(referenceWords));
            fewest = Math.Min(fewest, edits);
            lengths += referenceWords.Count;
        }

        statistics[Edits] = fewest;
        statistics[ReferenceLength] = (long)Math.Round((decimal)lengths * LengthUnit / references.Count);
    }

    private string Tokenize(string text) => tokenizer.Tokenize(PythonWhitespace.TrimEnd(text));
}
