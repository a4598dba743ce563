using Heed.Nn.Attention;
using Heed.Tensors;
using Heed.Tensors.Random;
using Heed.Testing;

namespace Heed.Nn.Tests.Attention;

public sealed class MultiHeadAttentionTests
{
    private const int NumHeads = 3;

    [Theory]
    [GoldenData("multi_head_self_causal")]
    public void Causal_self_attention_agrees_with_PyTorch(string file)
    {
        Golden golden = Golden.Load(file);
        int[] shape = golden.Shape("in.x");
        var attention = new MultiHeadAttention(shape[2], NumHeads, null);
        var recorder = new AttentionRecorder();
        AttentionPattern pattern = AttentionPattern.CausalWithin(Segments.Uniform(shape[0], shape[1]));
        Tensor x = GoldenModule.Rows(golden, "in.x");
        GoldenModule.Check(golden, attention, () => attention.Forward(x, x, pattern, recorder: recorder), ("x", x));
        GoldenWeights.Check(golden["out.weights"], recorder[attention]);
    }

    [Theory]
    [GoldenData("multi_head_cross")]
    public void Cross_attention_agrees_with_PyTorch(string file)
    {
        Golden golden = Golden.Load(file);
        int[] shape = golden.Shape("in.x");
        var attention = new MultiHeadAttention(shape[2], NumHeads, null);
        var recorder = new AttentionRecorder();
        var pattern = new AttentionPattern(
            Segments.Uniform(shape[0], shape[1]),
            Segments.Padded(golden.Shape("in.memory")[1], GoldenModule.Lengths(golden, "in.pad")));
        Tensor x = GoldenModule.Rows(golden, "in.x"), memory = GoldenModule.Rows(golden, "in.memory");
        GoldenModule.Check(golden, attention, () => attention.Forward(x, memory, pattern, recorder: recorder), ("x", x), ("memory", memory));
        GoldenWeights.Check(golden["out.weights"], recorder[attention]);
    }

    [Fact]
    public void Gradients_pass_finite_differences_with_dropout()
    {
        var attention = new MultiHeadAttention(6, 2, new SeededRandom(3), dropout: 0.3f);
        var pattern = new AttentionPattern(Segments.FromLengths(3, 2), Segments.FromLengths(2, 4));
        Tensor[] inputs = [RandomTensor.Normal(1, new Shape(5, 6)), RandomTensor.Normal(2, new Shape(6, 6)), .. attention.NamedParameters().Select(p => p.Tensor)];
        GradientCheck.Run(x => attention.Forward(x[0], x[1], pattern, new DropoutSource(5, 0)), inputs);
    }

    [Fact]
    public void A_cache_with_a_row_table_gives_the_bits_of_contiguous_keys()
    {
        var attention = new MultiHeadAttention(8, 2, new SeededRandom(4));
        Tensor x = RandomTensor.Normal(5, new Shape(6, 8)); // two sequences of three tokens
        Tensor expected = attention.Forward(x, x, AttentionPattern.CausalWithin(Segments.FromLengths(3, 3)));
        var cache = new KeyValueCache();
        for (int t = 0; t < 3; t++)
        {
            Tensor rows = Ops.Embedding(x, new[] { t, 3 + t }); // this token of both sequences
            int[] table = [.. Enumerable.Range(0, t + 1).Select(i => 2 * i), .. Enumerable.Range(0, t + 1).Select(i => (2 * i) + 1)];
            var pattern = new AttentionPattern(Segments.Uniform(2, 1), Segments.Uniform(2, t + 1), Causal: true) { KeyRows = table };
            Tensor y = attention.Attend(rows, cache.Append(attention.Project(rows)), pattern);
            TensorAssert.SameBits(expected.RowRange(t, 1).Values, y.RowRange(0, 1).Values, $"sequence 0, token {t}");
            TensorAssert.SameBits(expected.RowRange(3 + t, 1).Values, y.RowRange(1, 1).Values, $"sequence 1, token {t}");
        }
    }

    [Fact]
    public void Heads_that_do_not_divide_the_width_are_named()
    {
        var error = Assert.Throws<ArgumentException>(() => new MultiHeadAttention(1600, 48, null));
        Assert.Contains("dModel 1600 is not divisible by numHeads 48 (1600 / 48 = 33.3)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unrecorded_module_is_named()
    {
        var attention = new MultiHeadAttention(4, 1, null);
        Assert.Contains("MultiHeadAttention", Assert.Throws<KeyNotFoundException>(() => new AttentionRecorder()[attention]).Message, StringComparison.Ordinal);
    }
}
