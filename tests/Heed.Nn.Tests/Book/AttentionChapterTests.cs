using Heed.Nn.Attention;
using Heed.Tensors;
using Heed.Tensors.Random;
using Heed.Testing;
using Heed.Testing.Book;

namespace Heed.Nn.Tests.Book;

/// <summary>Chapter 3 of Build a Large Language Model (From Scratch), number by number.</summary>
public sealed class AttentionChapterTests
{
    private static readonly Segments Six = Segments.FromLengths(6);
    private static readonly AttentionPattern All = AttentionPattern.Within(Six);

    [Fact]
    [Book("ch03.simple.scores2")]
    [Book("ch03.simple.sumnorm2")]
    [Book("ch03.simple.softmax2")]
    [Book("ch03.simple.context2")]
    public void One_query_without_weights()
    {
        BookEntry entry = BookEntry.Load("ch03.simple.scores2");
        Tensor x = entry.Tensor("input/x");
        Tensor scores = Ops.MatMul(x.RowRange(1, 1), x, transposeB: true);
        entry.Check(scores.Values);
        BookEntry.Load("ch03.simple.sumnorm2").Check(Ops.Scale(scores, 1 / scores.ToArray().Sum()).Values);
        Tensor weights = Ops.Softmax(scores);
        BookEntry.Load("ch03.simple.softmax2").Check(weights.Values);
        BookEntry.Load("ch03.simple.context2").Check(Ops.MatMul(weights, x).Values);
    }

    [Fact]
    [Book("ch03.simple.scores")]
    [Book("ch03.simple.weights")]
    [Book("ch03.simple.context")]
    public void All_queries_without_weights()
    {
        BookEntry entry = BookEntry.Load("ch03.simple.scores");
        Tensor x = entry.Tensor("input/x");
        entry.Check(Ops.MatMul(x, x, transposeB: true).Values);
        var weights = new AttentionWeights(SimplifiedSelfAttention.Settings(All));
        Tensor context = SimplifiedSelfAttention.Forward(x, All, weights);
        BookEntry.Load("ch03.simple.weights").Check(Flat(weights[0, 0]));
        BookEntry.Load("ch03.simple.context").Check(context.Values);
    }

    [Fact]
    [Book("ch03.v1.q2")]
    [Book("ch03.v1.all")]
    public void Self_attention_from_matrices_of_uniform_numbers()
    {
        BookEntry entry = BookEntry.Load("ch03.v1.q2");
        Tensor x = entry.Tensor("input/x");
        var random = new PyTorchRandom(123);
        Tensor[] drawn = [random.Uniform(new Shape(3, 2)), random.Uniform(new Shape(3, 2)), random.Uniform(new Shape(3, 2))];
        string[] names = ["W_query", "W_key", "W_value"];
        Assert.All(names.Zip(drawn), pair => TensorAssert.Close(entry.Tensor($"input/weights/{pair.First}"), pair.Second, 1e-7, pair.First));

        var attention = new SelfAttention(3, 2, null);
        Linear[] projections = [attention.QueryProjection, attention.KeyProjection, attention.ValueProjection];
        foreach ((Linear projection, Tensor matrix) in projections.Zip(drawn))
        {
            Ops.Permute(matrix, 1, 0).Values.CopyTo(projection.Weight.MutableValues()); // y = x W there, y = x W^T here
        }

        Tensor query = attention.QueryProjection.Forward(x), key = attention.KeyProjection.Forward(x);
        entry.Check(query.RowRange(1, 1).Values, "expected/printed/query_2", "expected/exact/query_2");
        Tensor scores = Ops.MatMul(query.RowRange(1, 1), key, transposeB: true);
        entry.Check(scores.Values, "expected/printed/attn_scores_2", "expected/exact/attn_scores_2");
        Assert.Equal(entry.Number("expected/printed/attn_score_22"), scores.Values[1], 5e-5);
        var recorder = new AttentionRecorder();
        Tensor context = attention.Forward(x, All, recorder: recorder);
        entry.Check(Flat(recorder[attention][0, 0]).AsSpan(6, 6), "expected/printed/attn_weights_2", "expected/exact/attn_weights_2");
        entry.Check(context.RowRange(1, 1).Values, "expected/printed/context_vec_2", "expected/exact/context_vec_2");
        BookEntry.Load("ch03.v1.all").Check(context.Values);
    }

    [Fact]
    [Book("ch03.v2.all")]
    [Book("ch03.v2.weights")]
    [Book("ch03.causal.zeroed")]
    [Book("ch03.causal.renorm")]
    [Book("ch03.causal.masked_scores")]
    public void Self_attention_from_linear_layers_and_its_causal_forms()
    {
        BookEntry entry = BookEntry.Load("ch03.v2.all");
        Tensor x = entry.Tensor("input/x");
        var attention = new SelfAttention(3, 2, new PyTorchRandom(789));
        CheckWeights(entry, "input/weights", attention, 1e-7);
        var recorder = new AttentionRecorder();
        entry.Check(attention.Forward(x, All, recorder: recorder).Values);
        float[] weights = Flat(recorder[attention][0, 0]);
        BookEntry.Load("ch03.v2.weights").Check(weights);
        BookEntry.Load("ch03.causal.zeroed").Check([.. weights.Select((weight, i) => i % 6 <= i / 6 ? weight : 0)]);

        Tensor scores = Ops.MatMul(attention.QueryProjection.Forward(x), attention.KeyProjection.Forward(x), transposeB: true);
        BookEntry.Load("ch03.causal.masked_scores").Check([.. scores.ToArray().Where((_, i) => i % 6 <= i / 6)], "expected/printed_lower", "expected/exact_lower");
        Tensor scaled = Ops.Scale(scores, 1 / MathF.Sqrt(2));
        BookEntry renormalized = BookEntry.Load("ch03.causal.renorm");
        renormalized.Check(CausalWeights.ByRenormalizing(scaled).Values);
        renormalized.Check(CausalWeights.ByMasking(scaled).Values);
        attention.Forward(x, AttentionPattern.CausalWithin(Six), recorder: recorder);
        renormalized.Check(Flat(recorder[attention][0, 0]));
    }

    // The entry lists a second mask, drawn by Intel's library on Linux, which PyTorchRandom does not follow (a known trap).
    [Fact]
    [Book("ch03.dropout.ones")]
    public void Dropout_of_ones()
    {
        BookEntry entry = BookEntry.Load("ch03.dropout.ones");
        float probability = (float)entry.Number("input/p");
        Tensor dropped = new DropoutSource(new PyTorchRandom(123)).Drop(Tensor.Full(new Shape(6, 6), 1), probability);
        entry.Check(dropped.Values, "expected/printed_macos_or_scalar_path", null);

        // The same mask falls on attention weights: equal scores weigh 1/6 each, and identity values show the weights.
        AttentionSettings settings = All.ToSettings(1, probability, new DropoutSource(new PyTorchRandom(123)));
        Tensor identity = Tensor.From([.. Enumerable.Range(0, 36).Select(i => i % 7 == 0 ? 1f : 0f)], new Shape(6, 6));
        Tensor shown = ScaledDotProductAttention.Forward(Tensor.Zeros(new Shape(6, 6)), identity, identity, settings);
        Assert.Equal(dropped.ToArray().Select(factor => factor / 6), shown.ToArray(), (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    [Book("ch03.bmm")]
    public void Products_of_each_head()
    {
        BookEntry entry = BookEntry.Load("ch03.bmm");
        Tensor a = entry.Tensor("input/a");
        entry.Check(Ops.MatMul(a, a, transposeB: true).Values);
    }

    // Exercise 3.2's printed values cannot come from its code (a known trap) and have no entry.
    [Fact]
    [Book("ch03.ex3.1")]
    public void Exercise_1()
    {
        BookEntry entry = BookEntry.Load("ch03.ex3.1");
        var attention = new SelfAttention(3, 2, new PyTorchRandom(123));
        CheckWeights(entry, "input/weights", attention, 1e-7);
        entry.Check(attention.Forward(entry.Tensor("input/x"), All).Values);
    }

    [Fact]
    [Book("ch03.ex3.3")]
    public void Exercise_3()
    {
        BookEntry entry = BookEntry.Load("ch03.ex3.3");
        var config = new MultiHeadAttentionConfig { DModel = (int)entry.Number("input/d_out"), NumHeads = (int)entry.Number("input/heads"), InputBias = false };
        Assert.Equal(entry.Number("expected"), new MultiHeadAttention(config, null).ParameterCount);
    }

    // The book's code keeps the mask beside the weights; here it is no tensor at all, so there is nothing to save or to move.
    [Fact]
    [Book("ch03.buffers.state")]
    public void Two_modules_from_one_generator_and_no_mask_among_their_parameters()
    {
        BookEntry entry = BookEntry.Load("ch03.buffers.state");
        var random = new PyTorchRandom(123);
        var first = new SelfAttention(3, 2, random);
        CheckWeights(entry, "expected", first, 5e-5);
        CheckWeights(entry, "expected/second_module", new SelfAttention(3, 2, random), 5e-5);
        Assert.Equal(entry.Texts("expected/no_buffer_keys").Length, first.NamedParameters().Count);
    }

    [Theory]
    [Book("ch03.efficient_mha")]
    [InlineData(768, 768)]
    [InlineData(768, 1536)]
    [InlineData(1024, 512)]
    public void Implementations_with_shared_weights_agree(int inputSize, int outputSize)
    {
        const int NumHeads = 8;
        var split = new MultiHeadAttention(new MultiHeadAttentionConfig { DModel = outputSize, InputSize = inputSize, NumHeads = NumHeads, InputBias = false }, new SeededRandom(1));
        var stacked = new StackedHeads(inputSize, outputSize / NumHeads, NumHeads, null, outputSize);
        stacked.CopyFrom(split);
        Tensor x = RandomTensor.Normal(2, new Shape(8, inputSize));
        AttentionPattern pattern = AttentionPattern.CausalWithin(Segments.Uniform(2, 4));
        TensorAssert.Close(split.Forward(x, x, pattern), stacked.Forward(x, pattern), BookEntry.Load("ch03.efficient_mha").Number("tolerance"), "stacked heads");
    }

    // Printed in section 3.6; these two have no entry, and the rules of the generator must give them too.
    [Fact]
    public void Heads_of_section_6()
    {
        Tensor x = BookEntry.Load("ch03.v1.q2").Tensor("input/x");
        AttentionPattern causal = AttentionPattern.CausalWithin(Six);
        float[] stacked = new StackedHeads(3, 2, 2, new PyTorchRandom(123)).Forward(x, causal).ToArray();
        Assert.Equal([-0.4519f, 0.2216f, 0.4772f, 0.1063f], stacked[..4], (a, b) => Math.Abs(a - b) < 5e-5f);
        Assert.Equal([-0.5299f, -0.1081f, 0.5077f, 0.3493f], stacked[^4..], (a, b) => Math.Abs(a - b) < 5e-5f);

        var split = new MultiHeadAttention(new MultiHeadAttentionConfig { DModel = 2, InputSize = 3, NumHeads = 2, InputBias = false }, new PyTorchRandom(123));
        float[] output = split.Forward(x, x, causal).ToArray();
        Assert.Equal([0.3190f, 0.4858f, 0.2943f, 0.3897f, 0.2856f, 0.3593f], output[..6], (a, b) => Math.Abs(a - b) < 5e-5f);
    }

    private static void CheckWeights(BookEntry entry, string place, SelfAttention attention, double tolerance)
    {
        (string Name, Linear Layer)[] layers = [("W_query", attention.QueryProjection), ("W_key", attention.KeyProjection), ("W_value", attention.ValueProjection)];
        Assert.All(layers, layer =>
            Assert.Equal(entry.Numbers($"{place}/{layer.Name}"), layer.Layer.Weight.ToArray().Select(value => (double)value), (a, b) => Math.Abs(a - b) <= tolerance));
    }

    private static float[] Flat(float[,] map) => [.. map.Cast<float>()];
}
