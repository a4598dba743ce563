using Heed.Testing;

namespace Heed.Tensors.Tests.Kernels;

/// <summary>Cross-entropy with label smoothing and ignored targets.</summary>
public sealed class CrossEntropyTests
{
    private const float Infinity = float.PositiveInfinity;

    [Theory]
    [InlineData(0f)]
    [InlineData(0.1f)]
    public void Forward(float smoothing) => KernelCheck.Run(2e-6, (device, shape) =>
    {
        (Tensor losses, Tensor normalizers) = (shape.RowResult(), shape.RowResult());
        device.CrossEntropy(shape.Matrix(1), Targets(shape), smoothing, 0, losses, normalizers);
        return [losses, normalizers];
    });

    [Theory]
    [InlineData(0f)]
    [InlineData(0.1f)]
    public void Backward(float smoothing) => KernelCheck.Run(2e-6, (device, shape) =>
    {
        Tensor normalizers = shape.RowResult();
        KernelCheck.Reference.CrossEntropy(shape.Matrix(1), Targets(shape), smoothing, 0, shape.RowResult(), normalizers);
        Tensor upstream = RandomTensor.Normal(shape.Seed, new Shape(shape.Rows));
        Tensor logits = shape.Matrix(1);
        device.CrossEntropyBackward(logits, Targets(shape), smoothing, 0, normalizers, upstream, logits); // in place
        return [logits];
    });

    [Fact]
    public void A_large_vocabulary() => KernelCheck.Run(1e-5, 5, 50_000, (device, shape) =>
    {
        (Tensor losses, Tensor normalizers, Tensor gradient) = (shape.RowResult(), shape.RowResult(), shape.Result());
        device.CrossEntropy(shape.Matrix(1), Targets(shape), 0.1f, 0, losses, normalizers);
        device.CrossEntropyBackward(shape.Matrix(1), Targets(shape), 0.1f, 0, normalizers, Tensor.Full(new Shape(5), 1f), gradient);
        return [losses, normalizers, gradient];
    });

    [Fact]
    public void A_row_does_not_depend_on_its_neighbours() => KernelCheck.RowsAreIndependent((device, x) =>
    {
        (Tensor losses, Tensor normalizers) = (Tensor.Zeros(new Shape(x.Shape[0], 1)), Tensor.Zeros(new Shape(x.Shape[0])));
        device.CrossEntropy(x, new int[x.Shape[0]], 0.1f, -1, losses, normalizers);
        return losses;
    });

    [Fact]
    public void Impossible_classes_cost_nothing_unless_smoothing_or_the_target_asks_for_them()
    {
        Tensor logits = Tensor.From([-Infinity, 2, 2, 2, 2, -Infinity], new Shape(1, 6));
        Assert.Equal(Math.Log(4), Loss(logits, 1, 0f), 1e-6);
        Assert.Equal(Infinity, Loss(logits, 1, 0.1f));
        Assert.Equal(Infinity, Loss(logits, 0, 0f));
    }

    [Fact]
    public void An_ignored_row_has_no_loss_and_no_gradient_whatever_its_logits()
    {
        Tensor logits = Tensor.From([float.NaN, 1, 2, 0, 0, 0], new Shape(2, 3));
        (Tensor losses, Tensor normalizers, Tensor gradient) = (Tensor.Zeros(new Shape(2)), Tensor.Zeros(new Shape(2)), Tensor.Full(new Shape(2, 3), 9f));
        int[] targets = [-100, 2];
        KernelCheck.Cpu.CrossEntropy(logits, targets, 0f, -100, losses, normalizers);
        KernelCheck.Cpu.CrossEntropyBackward(logits, targets, 0f, -100, normalizers, Tensor.Full(new Shape(2), 3f), gradient);
        Assert.Equal(0f, losses.Values[0]);
        Assert.Equal((float)Math.Log(3), losses.Values[1], 1e-6f);
        TensorAssert.Close([0, 0, 0, 1, 1, -2], gradient.Values, 1e-6, "gradient");
    }

    private static float Loss(Tensor logits, int target, float smoothing)
    {
        (Tensor losses, Tensor normalizers) = (Tensor.Zeros(new Shape(1)), Tensor.Zeros(new Shape(1)));
        KernelCheck.Cpu.CrossEntropy(logits, new[] { target }, smoothing, -1, losses, normalizers);
        Tensor expected = Tensor.Zeros(new Shape(1));
        KernelCheck.Reference.CrossEntropy(logits, new[] { target }, smoothing, -1, expected, normalizers);
        TensorAssert.Close(expected, losses, 1e-6, "loss");
        return losses.Item();
    }

    private static int[] Targets(KernelCheck.Case shape)
    {
        var random = new System.Random(shape.Seed);
        return [.. Enumerable.Range(0, shape.Rows).Select(_ => random.Next(Math.Max(1, shape.Columns)))];
    }
}
