using Heed.Models.Explain;
using Heed.Models.Seq2Seq;
using Heed.Tensors;
using Heed.Tensors.Autograd;
using Heed.Tensors.Random;
using Heed.Testing;

namespace Heed.Models.Tests.Seq2Seq;

/// <summary>What every model promises, whatever its family.</summary>
public sealed class Seq2SeqModelTests
{
    [Theory]
    [MemberData(nameof(SmallModels.Names), MemberType = typeof(SmallModels))]
    public void A_sentence_has_the_same_bits_alone_and_in_a_batch(string name)
    {
        int seed = RandomTensor.FreshSeed();
        var random = new Random(seed);
        Seq2SeqModel model = SmallModels.Create(name);
        int[][] sources = SmallTransformer.Sentences(random, 6), targets = SmallTransformer.Sentences(random, 6);
        TokenBatch batch = SmallTransformer.Pack(model, sources, targets);
        Tensor together = model.Logits(batch);
        float[] scores = model.LogProbabilities(batch);
        for (int i = 0; i < batch.Count; i++)
        {
            TokenBatch single = SmallTransformer.Pack(model, [sources[i]], [targets[i]]);
            TensorAssert.SameBits(model.Logits(single).Values, SmallTransformer.Rows(together, batch.Targets, i).Values, $"seed {seed}, sentence {i}");
            TensorAssert.SameBits(model.LogProbabilities(single), scores.AsSpan(batch.Targets.Starts[i], batch.Targets.Lengths[i]), $"seed {seed}, scores of sentence {i}");
        }
    }

    [Theory]
    [MemberData(nameof(SmallModels.Names), MemberType = typeof(SmallModels))]
    public void Log_probabilities_are_those_of_the_labels(string name)
    {
        Seq2SeqModel model = SmallModels.Create(name);
        TokenBatch batch = SmallTransformer.Pack(model, [[3, 4], [5]], [[6, 7], [8]]);
        Tensor expected = Ops.LogSoftmax(model.Logits(batch));
        float[] actual = model.LogProbabilities(batch);
        Assert.Equal(batch.LabelIds.Length, actual.Length);
        for (int row = 0; row < actual.Length; row++)
        {
            Assert.Equal(expected.Values[(row * SmallTransformer.VocabSize) + batch.LabelIds[row]], actual[row], 1e-5f);
        }

        Assert.Equal(-actual.Average(), model.Loss(batch, 0f, null).Item(), 1e-5f);
    }

    [Theory]
    [MemberData(nameof(SmallModels.Names), MemberType = typeof(SmallModels))]
    public void Dropout_is_a_function_of_seed_and_step(string name)
    {
        Seq2SeqModel model = SmallModels.Create(name);
        TokenBatch batch = SmallTransformer.Pack(model, [[3, 4, 5]], [[6, 7]]);
        float Loss(ulong seed, ulong step) => model.Loss(batch, 0.1f, new DropoutSource(seed, step)).Item();
        Assert.Equal(Loss(1, 1), Loss(1, 1));
        Assert.Equal(4, new[] { Loss(1, 1), Loss(1, 2), Loss(2, 1), model.Loss(batch, 0.1f, null).Item() }.Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(SmallModels.Names), MemberType = typeof(SmallModels))]
    public void Sequences_that_are_too_long_are_named(string name)
    {
        Seq2SeqModel model = SmallModels.Create(name);
        int[] long12 = [.. Enumerable.Repeat(5, 12)]; // 13 tokens with the special one, maxLength is 12
        var source = Assert.Throws<ArgumentException>(() => model.Logits(SmallTransformer.Pack(model, [[3], long12], [[4], [4]])));
        Assert.Contains("source 1 has 13 tokens, more than the model's maxLength 12", source.Message, StringComparison.Ordinal);
        var target = Assert.Throws<ArgumentException>(() => model.Logits(SmallTransformer.Pack(model, [[3]], [long12])));
        Assert.Contains("target 0 has 13 tokens", target.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(SmallModels.WithAttention), MemberType = typeof(SmallModels))]
    public void Each_row_of_an_attention_map_sums_to_1(string name)
    {
        IReadOnlyList<AttentionMap> maps = SmallModels.Create(name).AttentionMaps([3, 4, 5, 2], [1, 6, 7]);
        Assert.Contains(maps, map => map.Kind == AttentionKind.Cross);
        foreach (AttentionMap map in maps.Where(map => map.Kind == AttentionKind.Cross))
        {
            Assert.Equal((3, 4), (map.Weights.GetLength(0), map.Weights.GetLength(1)));
            for (int query = 0; query < 3; query++)
            {
                Assert.Equal(1, Enumerable.Range(0, 4).Sum(key => map.Weights[query, key]), 1e-5f);
            }
        }
    }

    [Theory]
    [MemberData(nameof(SmallModels.WithoutAttention), MemberType = typeof(SmallModels))]
    public void A_model_without_attention_has_no_maps(string name) => Assert.Empty(SmallModels.Create(name).AttentionMaps([3, 4, 5, 2], [1, 6, 7]));

    [Theory]
    [MemberData(nameof(SmallModels.Names), MemberType = typeof(SmallModels))]
    public void Every_parameter_is_trained(string name)
    {
        Seq2SeqModel model = SmallModels.Create(name);
        using Tape tape = Tape.Begin();
        tape.Backward(model.Loss(SmallTransformer.Pack(model, [[3, 4, 5], [6]], [[7], [8, 9]]), 0f, dropout: null));
        Assert.All(model.NamedParameters(), parameter => Assert.NotNull(parameter.Tensor.Gradient));
    }
}
