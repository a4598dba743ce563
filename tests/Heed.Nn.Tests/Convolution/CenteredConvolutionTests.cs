using Heed.Nn.Convolution;
using Heed.Tensors;
using Heed.Tensors.Random;
using Heed.Testing;

namespace Heed.Nn.Tests.Convolution;

public sealed class CenteredConvolutionTests
{
    [Fact]
    public void A_token_sees_its_neighbours_on_both_sides_and_no_other_sequence()
    {
        var convolution = new CenteredConvolution(2, 3, 3, new SeededRandom(3));
        Tensor x = RandomTensor.Normal(4, new Shape(8, 2));
        Segments segments = Segments.FromLengths(5, 3);
        float[] before = convolution.Forward(x, segments).ToArray();
        x.RowRange(4, 1).MutableValues().Fill(99f); // the last token of the first sequence
        float[] after = convolution.Forward(x, segments).ToArray();
        TensorAssert.SameBits(before.AsSpan(0, 9), after.AsSpan(0, 9), "tokens out of reach");
        TensorAssert.SameBits(before.AsSpan(15), after.AsSpan(15), "the second sequence");
        Assert.NotEqual(before[9..12], after[9..12]);
        Assert.NotEqual(before[12..15], after[12..15]);
    }

    [Fact]
    public void Gradients_pass_finite_differences()
    {
        var convolution = new CenteredConvolution(2, 3, 3, new SeededRandom(1));
        Tensor[] inputs = [RandomTensor.Normal(2, new Shape(5, 2)), .. convolution.NamedParameters().Select(p => p.Tensor)];
        GradientCheck.Run(x => convolution.Forward(x[0], Segments.FromLengths(4, 1)), inputs);
    }

    [Fact]
    public void An_even_kernel_has_no_middle() => Assert.Throws<ArgumentException>(() => new CenteredConvolution(2, 3, 4, null));
}
