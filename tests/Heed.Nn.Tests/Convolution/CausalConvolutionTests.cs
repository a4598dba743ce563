using Heed.Nn.Convolution;
using Heed.Tensors;
using Heed.Tensors.Random;
using Heed.Testing;

namespace Heed.Nn.Tests.Convolution;

public sealed class CausalConvolutionTests
{
    [Theory]
    [GoldenData("causal_conv1d_glu")]
    public void With_a_gate_agrees_with_PyTorch(string file)
    {
        Golden golden = Golden.Load(file);
        int[] shape = golden.Shape("in.x"); // [batch, channels, time]
        int[] kernel = golden.Shape("param.weight"); // [out, in, kernel]
        var convolution = new CausalConvolution(kernel[1], kernel[0], kernel[2], null);
        Tensor x = golden.Input("in.x");
        GoldenModule.Check(
            golden,
            convolution,
            () =>
            {
                Tensor rows = Ops.Reshape(Ops.Permute(x, 0, 2, 1), new Shape(shape[0] * shape[2], shape[1]));
                Tensor y = Ops.GatedLinearUnit(convolution.Forward(rows, Segments.Uniform(shape[0], shape[2])));
                return Ops.Permute(Ops.Reshape(y, new Shape(shape[0], shape[2], y.Columns)), 0, 2, 1);
            },
            ("x", x));
    }

    [Fact]
    public void Gradients_pass_finite_differences()
    {
        var convolution = new CausalConvolution(2, 3, 3, new SeededRandom(1));
        Tensor[] inputs = [RandomTensor.Normal(2, new Shape(6, 2)), .. convolution.NamedParameters().Select(p => p.Tensor)];
        GradientCheck.Run(x => convolution.Forward(x[0], Segments.FromLengths(4, 2)), inputs);
    }

    [Fact]
    public void Gradients_of_normalised_weights_pass_finite_differences()
    {
        var convolution = new CausalConvolution(2, 3, 3, new SeededRandom(1), new ConvolutionInitialization(2f, IsNormalized: true));
        Tensor[] inputs = [RandomTensor.Normal(2, new Shape(6, 2)), .. convolution.NamedParameters().Select(p => p.Tensor)];
        Assert.Equal(["weight_v", "weight_g", "bias"], convolution.NamedParameters().Select(p => p.Name));
        GradientCheck.Run(x => convolution.Forward(x[0], Segments.FromLengths(4, 2)), inputs);
    }

    [Fact]
    public void Normalised_weights_begin_as_they_were_drawn_and_only_their_direction_is_that_of_v()
    {
        var plain = new CausalConvolution(2, 3, 3, new SeededRandom(1));
        var normalised = new CausalConvolution(2, 3, 3, new SeededRandom(1), new ConvolutionInitialization(1f, IsNormalized: true));
        Tensor x = RandomTensor.Normal(2, new Shape(6, 2));
        Segments segments = Segments.FromLengths(4, 2);
        Tensor expected = plain.Forward(x, segments);
        TensorAssert.Close(expected, normalised.Forward(x, segments), 1e-6, "as drawn");
        foreach (ref float element in normalised.Weight.MutableValues())
        {
            element *= 7;
        }

        TensorAssert.Close(expected, normalised.Forward(x, segments), 1e-6, "with longer v");
    }

    [Fact]
    public void A_token_sees_neither_the_future_nor_another_sequence()
    {
        var convolution = new CausalConvolution(2, 3, 3, new SeededRandom(3));
        Tensor x = RandomTensor.Normal(4, new Shape(7, 2));
        Segments segments = Segments.FromLengths(4, 3);
        float[] before = convolution.Forward(x, segments).ToArray();
        x.RowRange(3, 1).MutableValues().Fill(99f); // the last token of the first sequence
        float[] after = convolution.Forward(x, segments).ToArray();
        TensorAssert.SameBits(before.AsSpan(0, 9), after.AsSpan(0, 9), "the tokens before");
        TensorAssert.SameBits(before.AsSpan(12), after.AsSpan(12), "the second sequence");
        Assert.NotEqual(before[9..12], after[9..12]);
    }
}
