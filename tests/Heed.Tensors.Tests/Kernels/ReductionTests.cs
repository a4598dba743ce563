using Heed.Tensors.Devices;

namespace Heed.Tensors.Tests.Kernels;

/// <summary>Sums over rows and over everything.</summary>
public sealed class ReductionTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Sum_rows(bool accumulate) => KernelCheck.Run(5e-6, (device, shape) => SumRows(device, shape, accumulate), floor: 1);

    [Fact]
    public void Sum_of_many_rows() => KernelCheck.Run(2e-6, 3000, 40, (device, shape) => SumRows(device, shape, false), floor: 1);

    [Fact]
    public void Sum_of_many_narrow_rows() => KernelCheck.Run(2e-6, 50_000, 1, (device, shape) => SumRows(device, shape, true), floor: 200);

    [Fact]
    public void Sum() => KernelCheck.Run(1e-7, (device, shape) =>
    {
        Tensor y = Tensor.Full(new Shape(), float.NaN);
        device.Sum(shape.Matrix(1), 0.7f, y);
        return [y];
    }, floor: 1);

    [Fact]
    public void Sum_of_squares() => KernelCheck.Run(1e-7, (device, shape) => [Tensor.From((float)device.SumOfSquares(shape.Matrix(1)))]);

    [Fact]
    public void Sums_are_exact_where_single_precision_would_not_be()
    {
        Tensor x = Tensor.Full(new Shape(40_001), 1f);
        x.MutableValues()[0] = 1e9f;
        Tensor y = Tensor.Zeros(new Shape());
        KernelCheck.Cpu.Sum(x, 1f, y);
        Assert.Equal((float)(1e9 + 40_000), y.Item());
        x.MutableValues()[0] = 1e7f;
        Assert.Equal(1e14 + 40_000, KernelCheck.Cpu.SumOfSquares(x));
        Assert.Equal(2e60, KernelCheck.Cpu.SumOfSquares(Tensor.From(1e30f, 1e30f)), 1e54);
        Assert.Equal(2e-60, KernelCheck.Cpu.SumOfSquares(Tensor.From(1e-30f, 1e-30f)), 1e-66);
    }

    private static Tensor[] SumRows(Device device, KernelCheck.Case shape, bool accumulate)
    {
        Tensor y = accumulate ? shape.Vector(2) : Tensor.Full(new Shape(shape.Columns), float.NaN);
        device.SumRows(shape.Matrix(1), y, accumulate);
        return [y];
    }
}
