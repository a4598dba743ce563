using Heed.Models.Decoding;
using Heed.Tensors;

namespace Heed.Models.Tests.Decoding;

/// <summary>A model without weights: a function from the sentence and the prefix to the logits of the next token.</summary>
internal sealed class FakeSession(int vocabSize, int[] sentences, FakeSession.Scorer scorer, int maxLength = 1000) : DecodingSession
{
    private List<(int Sentence, int[] Prefix)> hypotheses = [.. sentences.Select(sentence => (sentence, Array.Empty<int>()))];

    /// <summary>The logits after a prefix, start token included.</summary>
    public delegate float[] Scorer(int sentence, int[] prefix);

    public override int VocabSize => vocabSize;

    public override int MaxLength => maxLength;

    /// <summary>For each step, the hypotheses that it was asked for.</summary>
    public List<(int Sentence, int[] Prefix)[]> Steps { get; } = [];

    public override Tensor Step(ReadOnlySpan<int> parents, ReadOnlySpan<int> tokens)
    {
        var extended = new List<(int, int[])>();
        for (int i = 0; i < parents.Length; i++)
        {
            var (sentence, prefix) = hypotheses[parents[i]];
            Assert.InRange(prefix.Length, 0, maxLength - 1);
            extended.Add((sentence, [.. prefix, tokens[i]]));
        }

        hypotheses = extended;
        Steps.Add([.. hypotheses]);
        return Tensor.From([.. hypotheses.SelectMany(h => scorer(h.Sentence, h.Prefix))], new Shape(hypotheses.Count, vocabSize));
    }

    /// <summary>Logits drawn anew for every prefix, always the same for the same one.</summary>
    /// <param name="seed">The seed of the model.</param>
    /// <param name="vocabSize">The number of logits.</param>
    /// <param name="coarse">Whether to round them, so that many are equal.</param>
    public static Scorer RandomTable(int seed, int vocabSize, bool coarse = false) => (sentence, prefix) =>
    {
        uint hash = 2166136261;
        foreach (int value in (int[])[seed, sentence, .. prefix])
        {
            hash = (hash ^ (uint)value) * 16777619;
            hash ^= hash >> 15;
        }

        var random = new Random((int)hash);
        return [.. Enumerable.Range(0, vocabSize).Select(_ => coarse ? random.Next(3) : (float)((random.NextDouble() * 6) - 3))];
    };
}
