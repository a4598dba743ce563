using Heed.Models.Convolutional;
using Heed.Models.Decoding;
using Heed.Models.Recurrent;
using Heed.Models.Seq2Seq;
using Heed.Nn.Recurrent;
using Heed.Tensors;
using Heed.Tensors.Random;
using Heed.Testing;

namespace Heed.Models.Tests.Seq2Seq;

/// <summary>What the decoding session of every model promises.</summary>
public sealed class Seq2SeqSessionTests
{
    private const int Long = 150;

    public static TheoryData<Seq2SeqConfig> Wide =>
    [
        SmallTransformer.Config() with { DModel = 72, NumHeads = 2, DFeedForward = 700, NumEncoderLayers = 1, MaxLength = Long },
        new RecurrentConfig { VocabSize = SmallTransformer.VocabSize, EmbeddingSize = 72, HiddenSize = 200, MaxLength = Long },
        new RecurrentConfig { VocabSize = SmallTransformer.VocabSize, Cell = RecurrentCellKind.Lstm, Attention = RecurrentAttentionKind.LuongGeneral, EmbeddingSize = 72, HiddenSize = 200, MaxLength = Long },
        new ConvolutionalConfig { VocabSize = SmallTransformer.VocabSize, EmbeddingSize = 72, HiddenSize = 130, NumEncoderLayers = 1, NumDecoderLayers = 2, MaxLength = Long },
    ];

    [Theory]
    [MemberData(nameof(SmallModels.Names), MemberType = typeof(SmallModels))]
    public void Every_hypothesis_has_the_bits_of_its_prefix_without_a_cache(string name)
    {
        int seed = RandomTensor.FreshSeed();
        var random = new Random(seed);
        Seq2SeqModel model = SmallModels.Create(name, (ulong)seed);
        int[][] sources = SmallTransformer.Sentences(random, 4);
        using DecodingSession session = Begin(model, sources);

        // Some sentences begin with several hypotheses, one with none; later steps branch, drop and reorder at random.
        List<(int Sentence, int[] Prefix)> hypotheses = [.. new[] { 2, 0, 0, 3 }.Select(sentence => (sentence, new[] { model.BosId }))];
        int[] parents = [.. hypotheses.Select(h => h.Sentence)];
        for (int step = 0; step < model.MaxLength; step++)
        {
            Tensor logits = session.Step(parents, [.. hypotheses.Select(h => h.Prefix[^1])]);
            Assert.Equal(new Shape(hypotheses.Count, model.VocabSize), logits.Shape);
            for (int i = 0; i < hypotheses.Count; i++)
            {
                float[] expected = Uncached(model, sources[hypotheses[i].Sentence], hypotheses[i].Prefix);
                TensorAssert.SameBits(expected, logits.RowRange(i, 1).Values, $"seed {seed}, step {step}, hypothesis {i}");
            }

            parents = [.. Enumerable.Range(0, random.Next(1, 7)).Select(_ => random.Next(hypotheses.Count))];
            hypotheses = [.. parents.Select(parent => (hypotheses[parent].Sentence, hypotheses[parent].Prefix.Append(random.Next(3, model.VocabSize)).ToArray()))];
        }
    }

    [Theory]
    [MemberData(nameof(Wide))]
    public void Long_sequences_and_wide_layers_have_the_same_bits_too(Seq2SeqConfig config)
    {
        // Longer than the kernels' blocks of keys and rows, wider than their blocks of the inner axis.
        int length = config.MaxLength;
        int seed = RandomTensor.FreshSeed();
        var random = new Random(seed);
        Seq2SeqModel model = config.CreateModel(new SeededRandom((ulong)seed));
        int[] Tokens() => [.. Enumerable.Range(0, length - 1).Select(_ => random.Next(3, model.VocabSize))];
        TokenBatch batch = SmallTransformer.Pack(model, [Tokens(), [5]], [Tokens(), [6]]);
        Tensor expected = model.Logits(batch);
        using DecodingSession session = model.Begin(batch.SourceIds, batch.Sources);
        for (int t = 0; t < length; t++)
        {
            Tensor logits = session.Step([0], [batch.DecoderInputIds[t]]);
            TensorAssert.SameBits(expected.RowRange(t, 1).Values, logits.Values, $"seed {seed}, token {t}");
        }
    }

    [Theory]
    [MemberData(nameof(SmallModels.Names), MemberType = typeof(SmallModels))]
    public void A_sentence_has_the_same_bits_alone_and_in_a_batch(string name)
    {
        int seed = RandomTensor.FreshSeed();
        Seq2SeqModel model = SmallModels.Create(name);
        int[][] sources = SmallTransformer.Sentences(new Random(seed), 5);
        using DecodingSession together = Begin(model, sources);
        using DecodingSession alone = Begin(model, sources[3]);
        int[] everyone = [0, 1, 2, 3, 4];
        for (int token = 1; token < 6; token++)
        {
            Tensor batch = together.Step(everyone, [token, token + 1, token + 2, token, token + 4]);
            Tensor single = alone.Step([0], [token]);
            TensorAssert.SameBits(single.Values, batch.RowRange(3, 1).Values, $"seed {seed}, token {token}");
        }
    }

    [Theory]
    [MemberData(nameof(SmallModels.Names), MemberType = typeof(SmallModels))]
    public void Logits_are_unreadable_after_the_next_step_and_a_session_after_its_end(string name)
    {
        Seq2SeqModel model = SmallModels.Create(name);
        DecodingSession session = Begin(model, [3, 4]);
        Tensor first = session.Step([0], [1]);
        session.Step([0], [5]);
        Assert.Throws<ObjectDisposedException>(() => first.Values.Length);
        session.Dispose();
        session.Dispose();
        Assert.Throws<ObjectDisposedException>(() => session.Step([0], [5]));
    }

    [Theory]
    [MemberData(nameof(SmallModels.Names), MemberType = typeof(SmallModels))]
    public void Steps_that_do_not_fit_are_named(string name)
    {
        Seq2SeqModel model = SmallModels.Create(name);
        using DecodingSession session = Begin(model, [3, 4]);
        Assert.Throws<ArgumentException>(() => session.Step([], []));
        Assert.Throws<ArgumentException>(() => session.Step([0], [1, 1]));
        Assert.Contains("parent 1 of hypothesis 0 is not one of 1 sentences", Assert.Throws<ArgumentOutOfRangeException>(() => session.Step([1], [1])).Message, StringComparison.Ordinal);
        Assert.Contains("token 23 is outside the vocabulary of 23", Assert.Throws<ArgumentOutOfRangeException>(() => session.Step([0], [23])).Message, StringComparison.Ordinal);
        for (int step = 0; step < model.MaxLength; step++)
        {
            session.Step([0], [1]); // the refused steps left no trace
        }

        Assert.Contains("have 12 tokens, the longest", Assert.Throws<ArgumentException>(() => session.Step([0], [1])).Message, StringComparison.Ordinal);
    }

    private static DecodingSession Begin(Seq2SeqModel model, params int[][] sources)
    {
        TokenBatch batch = SmallTransformer.Pack(model, sources, [.. sources.Select(_ => Array.Empty<int>())]);
        return model.Begin(batch.SourceIds, batch.Sources);
    }

    private static float[] Uncached(Seq2SeqModel model, int[] source, int[] prefix)
    {
        int[] sourceIds = [.. source, model.EosId];
        var batch = new TokenBatch(sourceIds, Segments.FromLengths(sourceIds.Length), prefix, prefix, Segments.FromLengths(prefix.Length));
        Tensor logits = model.Logits(batch);
        return logits.RowRange(prefix.Length - 1, 1).ToArray();
    }
}
