using Heed.Testing;
using static Heed.Testing.GradientCheck;

namespace Heed.Tensors.Tests.Ops;

using Ops = Heed.Tensors.Ops;

/// <summary>Every operation's gradient against finite differences.</summary>
public sealed class GradientTests
{
    private static Tensor N(int seed, params int[] shape) => RandomTensor.Normal(seed, new Shape(shape));

    [Fact]
    public void Arithmetic() =>
        Run(x => Ops.Scale(Ops.Subtract(Ops.Multiply(Ops.Add(x[0], x[1]), x[0]), x[1]), 0.7f), [N(1, 3, 5), N(2, 3, 5)]);

    [Fact]
    public void A_tensor_used_many_times_sums_its_gradients() =>
        Run(x => Ops.Add(Ops.Add(x[0], x[0]), Ops.Multiply(Ops.Add(x[0], x[0]), x[0])), [N(3, 7)]);

    [Fact]
    public void Sum_and_mean() => Run(x => Ops.Add(Ops.Sum(x[0]), Ops.Mean(Ops.Multiply(x[0], x[0]))), [N(4, 4, 3)]);

    [Theory]
    [InlineData(Activation.Gelu)]
    [InlineData(Activation.GeluTanh)]
    [InlineData(Activation.Silu)]
    [InlineData(Activation.Tanh)]
    [InlineData(Activation.Sigmoid)]
    public void Smooth_activations(Activation activation) => Run(x => Ops.Activate(x[0], activation), [N(5, 3, 19)]);

    [Fact]
    public void Relu()
    {
        Tensor x = N(6, 41);
        foreach (ref float value in x.MutableValues())
        {
            value += value >= 0 ? 0.1f : -0.1f; // away from the kink, where the derivative is undefined
        }

        Run(inputs => Ops.Relu(inputs[0]), [x]);
    }

    [Fact]
    public void Gated_linear_unit() => Run(x => Ops.GatedLinearUnit(x[0]), [N(7, 3, 10)]);

    [Fact]
    public void Dropout() => Run(x => Ops.AddDropout(x[0], Ops.Dropout(x[1], 0.3f, 11), 0.4f, 12), [N(8, 6, 7), N(9, 6, 7)]);

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void MatMul_in_every_layout(bool transposeA, bool transposeB)
    {
        Tensor a = transposeA ? N(10, 5, 3) : N(10, 3, 5);
        Tensor b = transposeB ? N(11, 4, 5) : N(11, 5, 4);
        Run(x => Ops.MatMul(x[0], x[1], transposeA, transposeB), [a, b]);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void MatMul_batched_and_with_a_shared_right_operand(bool transposeA, bool transposeB)
    {
        Tensor a = transposeA ? N(12, 2, 3, 5, 3) : N(12, 2, 3, 3, 5);
        Tensor b = transposeB ? N(13, 2, 3, 4, 5) : N(13, 2, 3, 5, 4);
        Run(x => Ops.MatMul(x[0], x[1], transposeA, transposeB), [a, b]);
        Tensor shared = transposeB ? N(14, 4, 5) : N(14, 5, 4);
        Run(x => Ops.MatMul(x[0], x[1], transposeA, transposeB), [a, shared]);
    }

    [Fact]
    public void Linear() => Run(x => Ops.Linear(x[0], x[1], x[2]), [N(15, 2, 3, 5), N(16, 4, 5), N(17, 4)]);

    [Fact]
    public void Softmax_and_log_softmax() =>
        Run(x => Ops.Add(Ops.Softmax(x[0]), Ops.LogSoftmax(x[0])), [N(18, 3, 7)]);

    [Fact]
    public void Layer_norm() => Run(x => Ops.LayerNorm(x[0], x[1], x[2]), [N(19, 3, 9), N(20, 9), N(21, 9)]);

    [Fact]
    public void Rms_norm() => Run(x => Ops.RmsNorm(x[0], x[1]), [N(22, 3, 9), N(23, 9)]);

    [Fact]
    public void Embedding() => Run(x => Ops.Embedding(x[0], new[] { 2, 0, 2, 3 }, 1.7f), [N(24, 5, 3)]);

    [Fact]
    public void Cross_entropy() =>
        Run(x => Ops.CrossEntropy(x[0], new[] { 1, 0, 6, 0 }, labelSmoothing: 0.1f, ignoredTarget: 0), [N(25, 4, 7)]);

    [Fact]
    public void Linear_cross_entropy() =>
        Run(
            x => Ops.LinearCrossEntropy(x[0], x[1], x[2], new[] { 1, 0, 6, 0 }, labelSmoothing: 0.1f, ignoredTarget: 0, factor: 0.5f),
            [N(32, 4, 5), N(33, 7, 5), N(34, 7)]);

    [Fact]
    public void Rotary_positions() => Run(x => Ops.RotaryPositions(x[0], new[] { 0, 1, 5 }, 4), [N(26, 3, 8)]);

    [Fact]
    public void Layout() =>
        Run(
            x => Ops.Concat(1, Ops.Permute(Ops.Reshape(x[0], new Shape(3, 2, 4)), 2, 0, 1), Ops.Expand(Ops.Slice(x[1], -1, 1, 2), new Shape(4, 5, 2))),
            [N(27, 6, 4), N(28, 1, 4)]);

    [Theory]
    [InlineData(false, 2, 0f)]
    [InlineData(true, 2, 0f)]
    [InlineData(true, 1, 0f)]
    [InlineData(false, 2, 0.3f)]
    public void Attention(bool causal, int keyHeads, float dropout)
    {
        var settings = new AttentionSettings
        {
            NumHeads = 2,
            Queries = Segments.FromLengths(3, 1, 4),
            Keys = Segments.FromLengths(5, 2, 4),
            Causal = causal,
            Dropout = dropout,
            DropoutKey = 99,
        };
        Run(x => Ops.Attention(x[0], x[1], x[2], settings), [N(29, 8, 6), N(30, 11, 3 * keyHeads), N(31, 11, 3 * keyHeads)]);
    }

    [Theory]
    [InlineData(false, null)]
    [InlineData(true, null)]
    [InlineData(false, 2)]
    [InlineData(true, 3)]
    public void Attention_with_a_distance_bias_and_a_window(bool causal, int? window)
    {
        var settings = new AttentionSettings
        {
            NumHeads = 2,
            Queries = Segments.FromLengths(5, 1, 4),
            Keys = Segments.FromLengths(5, 2, 4),
            Causal = causal,
            Window = window,
        };
        Run(x => Ops.Attention(x[0], x[1], x[2], settings with { DistanceBias = x[3] }), [N(32, 10, 6), N(33, 11, 6), N(34, 11, 6), N(35, 2, 9)]);
    }
}
