using Heed.Models.Decoding;
using Heed.Models.Seq2Seq;
using Heed.Tensors;

namespace Heed.Models.Tests.Decoding;

/// <summary>Decodes without a cache: every step runs the whole model over the whole prefix of every hypothesis.</summary>
internal sealed class UncachedSession(Seq2SeqModel model, IReadOnlyList<int[]> sources) : DecodingSession
{
    private List<(int Sentence, int[] Prefix)> hypotheses = [.. sources.Select((_, i) => (i, Array.Empty<int>()))];

    public override int VocabSize => model.VocabSize;

    public override int MaxLength => model.MaxLength;

    public override Tensor Step(ReadOnlySpan<int> parents, ReadOnlySpan<int> tokens)
    {
        var extended = new List<(int, int[])>();
        for (int i = 0; i < parents.Length; i++)
        {
            extended.Add((hypotheses[parents[i]].Sentence, [.. hypotheses[parents[i]].Prefix, tokens[i]]));
        }

        hypotheses = extended;
        int length = hypotheses[0].Prefix.Length;
        Tensor logits = model.Logits(new TokenBatch(
            [.. hypotheses.SelectMany(h => sources[h.Sentence])],
            Segments.FromLengths([.. hypotheses.Select(h => sources[h.Sentence].Length)]),
            [.. hypotheses.SelectMany(h => h.Prefix)],
            [.. hypotheses.SelectMany(h => h.Prefix)],
            Segments.Uniform(hypotheses.Count, length)));
        var last = Enumerable.Range(0, hypotheses.Count).SelectMany(i => logits.Values.Slice((((i + 1) * length) - 1) * VocabSize, VocabSize).ToArray());
        return Tensor.From([.. last], new Shape(hypotheses.Count, VocabSize));
    }
}
