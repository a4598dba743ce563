using Heed.Nn.Losses;
using Heed.Tensors;
using Heed.Testing;

namespace Heed.Nn.Tests.Losses;

public sealed class PreferenceLossTests
{
    [Theory]
    [InlineData(1, 0f, 0)]
    [InlineData(8, 0f, 0)]
    [InlineData(8, 0.2f, 0)]
    [InlineData(7, 0f, 1)] // 7 * (1 / 7) is not 1 in a float
    public void A_model_that_has_not_moved_has_the_loss_ln_2(int pairs, float labelSmoothing, int roundings)
    {
        int seed = RandomTensor.FreshSeed();
        Tensor policy = RandomTensor.Normal(seed, new Shape(2 * pairs, 1), 30f);
        float loss = new PreferenceLoss(0.3f, labelSmoothing).Forward(policy, policy).Item();
        Assert.True(Math.Abs(BitConverter.SingleToInt32Bits(loss) - BitConverter.SingleToInt32Bits(MathF.Log(2))) <= roundings, $"seed {seed}: {loss:G9}");
    }

    [Theory]
    [InlineData(0.1f, 0f)]
    [InlineData(2f, 0f)]
    [InlineData(0.5f, 0.1f)]
    public void The_loss_is_that_of_the_equation(float beta, float smoothing)
    {
        Tensor policy = RandomTensor.Normal(1, new Shape(6, 1), 3f), reference = RandomTensor.Normal(2, new Shape(6, 1), 3f);
        double expected = 0;
        float[] margins = new PreferenceLoss(beta, smoothing).Margins(policy, reference).ToArray();
        for (int i = 0; i < 3; i++)
        {
            double z = beta * (((double)policy.Values[i] - reference.Values[i]) - (policy.Values[3 + i] - reference.Values[3 + i]));
            Assert.Equal(z, margins[i], 1e-5);
            expected += ((1 - smoothing) * Math.Log(1 + Math.Exp(-z))) + (smoothing * Math.Log(1 + Math.Exp(z)));
        }

        Assert.Equal(expected / 3, new PreferenceLoss(beta, smoothing).Forward(policy, reference).Item(), 1e-5);
    }

    [Fact]
    public void Gradients_are_those_of_finite_differences()
    {
        Tensor reference = RandomTensor.Normal(3, new Shape(8, 1));
        GradientCheck.Run(x => new PreferenceLoss(0.7f, 0.1f).Forward(x[0], reference), [RandomTensor.Normal(4, new Shape(8, 1))]);
    }

    [Fact]
    public void Extreme_margins_are_finite()
    {
        Tensor policy = Tensor.From([1e4f, -1e4f], new Shape(2, 1)), reference = Tensor.Zeros(new Shape(2, 1));
        Assert.Equal(0f, new PreferenceLoss(1f).Forward(policy, reference).Item());
        Assert.Equal(2e4f, new PreferenceLoss(1f).Forward(reference, policy).Item());
    }

    [Theory]
    [InlineData(3, 1)]
    [InlineData(2, 2)]
    public void Shapes_that_are_no_pairs_are_refused(int rows, int columns) =>
        Assert.Throws<ShapeException>(() => new PreferenceLoss().Forward(Tensor.Zeros(new Shape(rows, columns)), Tensor.Zeros(new Shape(rows, columns))));
}
