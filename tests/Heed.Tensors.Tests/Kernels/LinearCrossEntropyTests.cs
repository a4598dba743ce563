using Heed.Tensors.Devices;
using Heed.Testing;

namespace Heed.Tensors.Tests.Kernels;

/// <summary>The output projection with its loss, over more and less than one block of rows and one chunk of packed weights.</summary>
public sealed class LinearCrossEntropyTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(7, 33, 5)]
    [InlineData(252, 40, 17)]
    [InlineData(253, 40, 17)]
    [InlineData(600, 65, 33)]
    [InlineData(3, 5_000, 3)]
    public void Agrees_with_the_reference(int rows, int classes, int width) => KernelCheck.Run(1e-5, rows, width, (device, shape) =>
    {
        Tensor x = shape.Matrix(1);
        Tensor weight = KernelCheck.Random(shape.Seed + 2, new Shape(classes, width));
        Tensor bias = KernelCheck.Random(shape.Seed + 3, new Shape(classes));
        Tensor losses = shape.RowResult();
        var gradients = new LinearGradients(shape.Result(), Unset(classes, width), Unset(classes), Upstream: 0.3f);
        device.LinearCrossEntropy(x, weight, bias, Targets(rows, classes, shape.Seed), 0.1f, 0, losses, gradients);
        return [losses, gradients.Input, gradients.Weight!, gradients.Bias!];
    });

    [Fact]
    public void A_weight_too_large_to_be_packed_whole_is_packed_piece_by_piece() => KernelCheck.Run(1e-4, 2, 400, (device, shape) =>
    {
        const int classes = 11_000;
        Tensor weight = KernelCheck.Random(shape.Seed + 2, new Shape(classes, 400));
        Tensor losses = shape.RowResult();
        var gradients = new LinearGradients(shape.Result(), Unset(classes, 400), null, Upstream: 1f);
        device.LinearCrossEntropy(shape.Matrix(1), weight, null, Targets(2, classes, shape.Seed), 0f, -1, losses, gradients);
        return [losses, gradients.Input, gradients.Weight!];
    });

    [Fact]
    public void A_frozen_layer_has_the_gradient_of_its_input_alone() => KernelCheck.Run(1e-5, 20, 9, (device, shape) =>
    {
        const int classes = 30;
        Tensor weight = KernelCheck.Random(shape.Seed + 2, new Shape(classes, 9));
        Tensor losses = shape.RowResult();
        var gradients = new LinearGradients(shape.Result(), null, null, Upstream: 1f);
        device.LinearCrossEntropy(shape.Matrix(1), weight, null, Targets(20, classes, shape.Seed), 0f, -1, losses, gradients);
        return [losses, gradients.Input];
    });

    private static Tensor Unset(params int[] shape) => Tensor.Full(new Shape(shape), float.NaN);

    private static int[] Targets(int rows, int classes, int seed)
    {
        var random = new System.Random(seed);
        return [.. Enumerable.Range(0, rows).Select(_ => random.Next(classes))];
    }
}
