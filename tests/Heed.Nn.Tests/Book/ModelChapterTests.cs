using Heed.Nn.Attention;
using Heed.Nn.Norms;
using Heed.Nn.Positions;
using Heed.Tensors;
using Heed.Tensors.Autograd;
using Heed.Tensors.Random;
using Heed.Testing;
using Heed.Testing.Book;

namespace Heed.Nn.Tests.Book;

/// <summary>Embeddings of chapter 2, the parts of chapter 4 and appendix A of Build a Large Language Model (From Scratch).</summary>
public sealed class ModelChapterTests
{
    [Fact]
    [Book("ch02.embedding")]
    public void An_embedding()
    {
        BookEntry entry = BookEntry.Load("ch02.embedding");
        var embedding = new Embedding(6, 3, new PyTorchRandom(123));
        entry.Check(embedding.Weight.Values, exact: "expected/exact_float32");
        int[] ids = [.. entry.Numbers("input/ids").Select(id => (int)id)];
        double[] table = entry.Numbers("expected/printed");
        Assert.Equal(ids.SelectMany(id => table.Skip(3 * id).Take(3)), embedding.Forward(ids).ToArray().Select(value => (double)value), (a, b) => Math.Abs(a - b) <= 5e-5);
    }

    [Fact]
    [Book("ch02.embed_vs_linear")]
    public void An_embedding_is_a_linear_layer_of_one_hot_rows()
    {
        BookEntry entry = BookEntry.Load("ch02.embed_vs_linear");
        var embedding = new Embedding(4, 5, new PyTorchRandom(123));
        entry.Check(embedding.Weight.Values, "expected/embedding.weight", null);
        var linear = new Linear(4, 5, new PyTorchRandom(123), bias: false);
        entry.Check(linear.Weight.Values, "expected/linear(4,5).weight_seed123", null);
        int[] ids = [.. entry.Numbers("input/ids").Select(id => (int)id)];
        Tensor found = embedding.Forward(ids);
        entry.Check(found.Values, "expected/printed_lookup", null);
        TensorAssert.Close(found, Ops.MatMul(entry.Tensor("expected/onehot"), embedding.Weight), 1e-7, "one-hot product");
    }

    [Fact]
    [Book("ch04.layernorm")]
    public void Layer_normalisation()
    {
        BookEntry entry = BookEntry.Load("ch04.layernorm");
        var random = new PyTorchRandom(123);
        Tensor x = random.Normal(new Shape(2, 5));
        TensorAssert.Close(entry.Tensor("input/batch_example"), x, 2e-7, "drawn batch");
        var linear = new Linear(5, 6, random);
        TensorAssert.Close(entry.Tensor("input/linear.weight"), linear.Weight, 1e-7, "weight");
        TensorAssert.Close(entry.Tensor("input/linear.bias"), linear.Bias!, 1e-7, "bias");
        Tensor y = Ops.Relu(linear.Forward(x));
        entry.Check(y.Values, "expected/printed/out", "expected/exact/out");
        float[][] rows = [.. y.ToArray().Chunk(6)];
        float[] means = [.. rows.Select(row => row.Average())];
        float[] variances = [.. rows.Zip(means, (row, mean) => row.Sum(value => (value - mean) * (value - mean)) / 5)];
        entry.Check(means, "expected/printed/mean", "expected/exact/mean");
        entry.Check(variances, "expected/printed/var_unbiased", "expected/exact/var_unbiased");
        float[] normalized = [.. rows.SelectMany((row, i) => row.Select(value => (value - means[i]) / MathF.Sqrt(variances[i])))];
        entry.Check(normalized, "expected/printed/out_norm", "expected/exact/out_norm");

        float[] actual = new LayerNorm(6).Forward(y).ToArray();
        Assert.Equal(entry.Numbers("expected/exact/layernorm"), actual.Select(value => (double)value), (a, b) => Math.Abs(a - b) <= entry.Number("tolerance/exact_abs"));
        Assert.Equal(entry.Numbers("expected/printed/LayerNorm_var_biased"), actual.Chunk(6).Select(row => row.Average(value => (double)value * value)), (a, b) => Math.Abs(a - b) <= 5e-5);
    }

    [Fact]
    [Book("ch04.gelu")]
    public void Gelu()
    {
        BookEntry entry = BookEntry.Load("ch04.gelu");
        entry.Check(Ops.Activate(entry.Tensor("input/x"), Activation.GeluTanh).Values, "expected", null);
    }

    [Theory]
    [Book("ch04.shortcut_grads")]
    [InlineData(false)]
    [InlineData(true)]
    public void Gradients_with_and_without_shortcuts(bool shortcuts)
    {
        BookEntry entry = BookEntry.Load("ch04.shortcut_grads");
        var random = new PyTorchRandom(123);
        Linear[] layers = [.. Enumerable.Range(0, 5).Select(i => new Linear(3, i < 4 ? 3 : 1, random))];
        for (int i = 0; i < layers.Length; i++)
        {
            TensorAssert.Close(entry.Tensor($"input/layers_[W,b]/{i}/0"), layers[i].Weight, 1e-7, $"weight {i}");
        }

        using Tape tape = Tape.Begin();
        Tensor x = Ops.Reshape(entry.Tensor("input/x"), new Shape(1, 3));
        foreach (Linear layer in layers)
        {
            Tensor y = Ops.Activate(layer.Forward(x), Activation.GeluTanh);
            x = shortcuts && y.Shape == x.Shape ? Ops.Add(x, y) : y;
        }

        tape.Backward(Ops.Mean(Ops.Multiply(x, x)));
        double[] expected = entry.Numbers(shortcuts ? "expected/exact_float64/shortcut" : "expected/exact_float64/no_shortcut");
        double[] actual = [.. layers.Select(layer => layer.Weight.Gradient!.ToArray().Average(value => Math.Abs((double)value)))];
        Assert.Equal(expected, actual, (a, b) => Math.Abs(a - b) <= entry.Number("tolerance/relative") * a);
        Assert.Equal(entry.Numbers("expected/exact_float64/outputs")[shortcuts ? 1 : 0], x.Item(), 5e-6);
    }

    // The untied model has an output matrix of its own; the tied one shares it with the token embedding.
    [Theory]
    [Book("ch04.params")]
    [InlineData("small", "small_768x12", 768, 12, 12)]
    [InlineData("medium", "medium_1024x24", 1024, 24, 16)]
    [InlineData("large", "large_1280x36", 1280, 36, 20)]
    [InlineData("xl", "xl_1600x48", 1600, 48, 25)]
    public void Parameter_counts_of_GPT_2(string name, string key, int dModel, int numLayers, int numHeads)
    {
        BookEntry entry = BookEntry.Load("ch04.params");
        long vocabulary = (long)entry.Number("input/vocab") * dModel;
        long positions = (long)entry.Number("input/ctx") * dModel;
        double[] expected = entry.Numbers($"expected/{key}");
        long untied = vocabulary + positions + (numLayers * Block(inputBias: false)) + new LayerNorm(dModel).ParameterCount + vocabulary;
        Assert.Equal(expected[0], untied);
        Assert.Equal(expected[1], untied - vocabulary);
        Assert.Equal(expected[2], untied * 4 / 1048576.0, 0.005);
        Assert.Equal(entry.Number($"expected/with_qkv_bias_tied/{name}"), untied - vocabulary + (numLayers * (Block(inputBias: true) - Block(inputBias: false))));
        if (name == "small")
        {
            Assert.Equal(entry.Number("expected/with_ctx256_small_untied"), untied - positions + (256 * dModel));
        }

        long Block(bool inputBias)
        {
            var config = new MultiHeadAttentionConfig { DModel = dModel, NumHeads = numHeads, InputBias = inputBias };
            return new MultiHeadAttention(config, null).ParameterCount
                + new FeedForward(dModel, 4 * dModel, Activation.GeluTanh, null).ParameterCount + (2 * new LayerNorm(dModel).ParameterCount);
        }
    }

    [Fact]
    [Book("ch04.kv_cache")]
    public void A_cache_changes_no_bit()
    {
        var attention = new MultiHeadAttention(8, 2, new PyTorchRandom(123));
        Tensor x = RandomTensor.Normal(1, new Shape(20, 8));
        Tensor expected = attention.Forward(x, x, AttentionPattern.CausalWithin(Segments.FromLengths(20)));
        using var cache = new KeyValueCache();
        foreach ((int start, int count) in new[] { (0, 7), (7, 1), (8, 1), (9, 11) }) // a prompt in one piece, tokens one by one, a chunk
        {
            Tensor rows = x.RowRange(start, count);
            var pattern = new AttentionPattern(Segments.FromLengths(count), Segments.FromLengths(start + count), Causal: true);
            TensorAssert.SameBits(expected.RowRange(start, count).Values, attention.Attend(rows, cache.Append(attention.Project(rows)), pattern).Values, $"rows from {start}");
        }
    }

    [Fact]
    [Book("ch04.swa_tests")]
    public void A_window_of_the_whole_context_changes_nothing_and_a_cache_need_not_be_longer_than_the_window()
    {
        BookEntry entry = BookEntry.Load("ch04.swa_tests");
        int dModel = (int)entry.Number("input/d"), window = (int)entry.Number("input/window"), length = (int)entry.Number("input/n");
        double tolerance = entry.Number("tolerance");
        var attention = new MultiHeadAttention(dModel, (int)entry.Number("input/heads"), new PyTorchRandom(123));
        Tensor x = RandomTensor.Normal(1, new Shape(length, dModel));
        Segments all = Segments.FromLengths(length);
        TensorAssert.SameBits(
            attention.Forward(x, x, AttentionPattern.CausalWithin(all)).Values,
            attention.Forward(x, x, SlidingWindowAttention.CausalWithin(all, length)).Values,
            "a window as long as the context");

        Tensor expected = attention.Forward(x, x, SlidingWindowAttention.CausalWithin(all, window));
        using var cache = new KeyValueCache();
        for (int t = 0; t < length; t++)
        {
            KeyValues seen = cache.Append(attention.Project(x.RowRange(t, 1)));
            AttentionPattern pattern = new AttentionPattern(Segments.FromLengths(1), Segments.FromLengths(cache.Rows), Causal: true) { Window = window };
            TensorAssert.Close(expected.RowRange(t, 1).Values, attention.Attend(x.RowRange(t, 1), seen, pattern).Values, tolerance, $"token {t}");
            cache.KeepLast(window);
        }

        Assert.Equal(entry.Number("expected/cache_len"), cache.Rows);
    }

    [Fact]
    [Book("appA.mlp")]
    public void A_network_of_three_layers()
    {
        BookEntry entry = BookEntry.Load("appA.mlp");
        var random = new PyTorchRandom(123);
        Linear[] layers = [new(50, 30, random), new(30, 20, random), new(20, 3, random)];
        Assert.Equal(entry.Number("expected/params"), layers.Sum(layer => layer.ParameterCount));
        entry.Check(layers[0].Weight.Values[..3], "expected/w0_first3", null);
        Tensor x = new PyTorchRandom(123).Uniform(new Shape(1, 50));
        Tensor logits = layers[2].Forward(Ops.Relu(layers[1].Forward(Ops.Relu(layers[0].Forward(x)))));
        entry.Check(logits.Values, "expected/logits", null);
        entry.Check(Ops.Softmax(logits).Values, "expected/softmax", null);
    }

    [Fact]
    [Book("ch05.rope")]
    public void Rotary_frequencies_and_laws()
    {
        BookEntry entry = BookEntry.Load("ch05.rope");
        int headDim = (int)entry.Number("input/head_dim");
        var rotary = new RotaryPositions((float)entry.Number("input/theta"));
        double[] frequencies = entry.Numbers("expected/inv_freq_unscaled");
        Tensor ones = Tensor.From([.. Enumerable.Range(0, headDim).Select(i => i < headDim / 2 ? 1f : 0f)], new Shape(1, headDim));
        float[] turned = rotary.Rotate(ones, new[] { 1 }, headDim).ToArray(); // (1, 0) becomes (cos, sin) of the frequency
        Assert.Equal(frequencies, Enumerable.Range(0, headDim / 2).Select(i => Math.Atan2(turned[i + (headDim / 2)], turned[i])), (a, b) => Math.Abs(a - b) <= 1e-6);

        Tensor q = RandomTensor.Normal(1, new Shape(1, headDim)), k = RandomTensor.Normal(2, new Shape(1, headDim));
        float Score(int i, int j) => Ops.MatMul(rotary.Rotate(q, new[] { i }, headDim), rotary.Rotate(k, new[] { j }, headDim), transposeB: true).Item();
        Assert.Equal(Score(3, 1), Score(103, 101), 1e-4);
        Assert.Equal(Score(0, 7), Score(50, 57), 1e-4);
    }
}
