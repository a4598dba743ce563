using Heed.Tensors.Autograd;
using Heed.Testing;

namespace Heed.Tensors.Tests.Ops;

using Ops = Heed.Tensors.Ops;

/// <summary>The fused loss against the operations that it stands for, and what becomes of gradients computed ahead of their time.</summary>
public sealed class LinearCrossEntropyTests
{
    private const int Rows = 300;
    private const int Width = 24;
    private const int Classes = 70;
    private static readonly int[] Targets = [.. Enumerable.Range(0, Rows).Select(i => i * 37 % Classes)];

    [Fact]
    public void Has_the_bits_of_the_three_operations_it_stands_for()
    {
        (Tensor x, Tensor weight, Tensor bias) = Inputs();
        (Tensor loss, Tensor[] gradients) = Backward(() => Fused(x, weight, bias), x, weight, bias);
        (Tensor expected, Tensor[] expectedGradients) = Backward(() => Ops.Sum(Ops.CrossEntropy(Ops.Linear(x, weight, bias), Targets, 0.1f, 5), 1f / Rows), x, weight, bias);
        TensorAssert.SameBits(expected.Values, loss.Values, "loss");
        TensorAssert.SameBits(expectedGradients[0].Values, gradients[0].Values, "gradient of x");
        TensorAssert.SameBits(expectedGradients[1].Values, gradients[1].Values, "gradient of the weight");
        TensorAssert.Close(expectedGradients[2], gradients[2], 1e-6, "gradient of the bias"); // whose sums begin anew with every block of rows
    }

    [Fact]
    public void Gradients_of_several_uses_add_up()
    {
        (Tensor x, Tensor weight, Tensor bias) = Inputs();
        (_, Tensor[] once) = Backward(() => Fused(x, weight, bias), x, weight, bias);
        (_, Tensor[] twice) = Backward(() => Ops.Add(Fused(x, weight, bias), Fused(x, weight, bias)), x, weight, bias);
        for (int i = 0; i < once.Length; i++)
        {
            TensorAssert.Close(once[i].ToArray().Select(value => 2 * value).ToArray(), twice[i].Values, 1e-6, $"gradient {i}");
        }
    }

    [Fact]
    public void Gradients_of_several_backward_passes_add_up()
    {
        (Tensor x, Tensor weight, Tensor bias) = Inputs();
        (_, Tensor[] once) = Backward(() => Fused(x, weight, bias), x, weight, bias);
        foreach (float share in new[] { 0.25f, 1f })
        {
            using Tape tape = Tape.Begin();
            Tensor loss = Fused(x, weight, bias);
            tape.Backward(loss, Tensor.Full(loss.Shape, share));
        }

        TensorAssert.Close(once[1].ToArray().Select(value => 1.25f * value).ToArray(), weight.Gradient!.Values, 1e-6, "weight");
        TensorAssert.Close(once[2].ToArray().Select(value => 1.25f * value).ToArray(), bias.Gradient!.Values, 1e-6, "bias");
    }

    [Fact]
    public void A_forward_pass_without_a_backward_pass_leaves_no_gradient()
    {
        (Tensor x, Tensor weight, Tensor bias) = Inputs();
        using (Tape.Begin())
        {
            Fused(x, weight, bias);
        }

        Assert.Null(weight.Gradient);
        (_, Tensor[] gradients) = Backward(() => Fused(x, weight, bias), x, weight, bias);
        Assert.All(gradients, gradient => Assert.DoesNotContain(gradient.ToArray(), float.IsNaN));
    }

    [Fact]
    public void Refuses_what_does_not_fit()
    {
        (Tensor x, Tensor weight, Tensor bias) = Inputs();
        Assert.Throws<ShapeException>(() => Ops.LinearCrossEntropy(x, weight, bias, Targets.AsMemory(1)));
        Assert.Throws<ShapeException>(() => Ops.LinearCrossEntropy(x, weight, x, Targets));
        Assert.Throws<ShapeException>(() => Ops.LinearCrossEntropy(x, bias, null, Targets));
        int[] outside = [.. Targets];
        outside[7] = Classes;
        Assert.Contains("row 7", Assert.Throws<ArgumentOutOfRangeException>(() => Ops.LinearCrossEntropy(x, weight, bias, outside)).Message);
    }

    private static (Tensor X, Tensor Weight, Tensor Bias) Inputs() => (
        RandomTensor.Normal(1, new Shape(Rows, Width)).WithGradient(),
        RandomTensor.Normal(2, new Shape(Classes, Width)).WithGradient(),
        RandomTensor.Normal(3, new Shape(Classes)).WithGradient());

    private static Tensor Fused(Tensor x, Tensor weight, Tensor bias) =>
        Ops.LinearCrossEntropy(x, weight, bias, Targets, labelSmoothing: 0.1f, ignoredTarget: 5, factor: 1f / Rows);

    // The loss and copies of the gradients, which are cleared.
    private static (Tensor Loss, Tensor[] Gradients) Backward(Func<Tensor> function, params Tensor[] parameters)
    {
        using Tape tape = Tape.Begin();
        Tensor loss = function().Keep();
        tape.Backward(loss);
        Tensor[] gradients = [.. parameters.Select(parameter => Tensor.From(parameter.Gradient!.Values, parameter.Shape).Keep())];
        foreach (Tensor parameter in parameters)
        {
            parameter.ClearGradient();
        }

        return (loss, gradients);
    }
}
