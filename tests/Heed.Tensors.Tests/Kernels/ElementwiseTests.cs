using Heed.Tensors.Devices;
using Heed.Testing;

namespace Heed.Tensors.Tests.Kernels;

/// <summary>Copies, arithmetic and activations.</summary>
public sealed class ElementwiseTests
{
    public static TheoryData<Activation> Activations => [.. Enum.GetValues<Activation>()];

    [Fact]
    public void Copy() => KernelCheck.Run(0, (device, shape) => shape.Write(y => device.Copy(shape.Matrix(1), y)));

    [Fact]
    public void Fill() => KernelCheck.Run(0, (device, shape) => shape.Write(y => device.Fill(y, 1.5f)));

    [Fact]
    public void Add() => KernelCheck.Run(0, (device, shape) => shape.Write(y => device.Add(shape.Matrix(1), shape.Matrix(2), y)));

    [Fact]
    public void Subtract() => KernelCheck.Run(0, (device, shape) => shape.Write(y => device.Subtract(shape.Matrix(1), shape.Matrix(2), y)));

    [Fact]
    public void Multiply() => KernelCheck.Run(0, (device, shape) => shape.Write(y => device.Multiply(shape.Matrix(1), shape.Matrix(2), y)));

    [Fact]
    public void Scale() => KernelCheck.Run(0, (device, shape) => shape.Write(y => device.Scale(shape.Matrix(1), 0.3f, y)));

    [Fact]
    public void Add_scaled() => KernelCheck.Run(2e-7, (device, shape) =>
    {
        Tensor y = shape.Matrix(2);
        device.AddScaled(shape.Matrix(1), 0.3f, y);
        return [y];
    });

    [Fact]
    public void Add_row() => KernelCheck.Run(0, (device, shape) => shape.Write(y => device.AddRow(shape.Matrix(1), shape.Vector(2), y)));

    // Far below zero an activation is an exponential, whose relative error grows with its argument; a matrix of one element may lie there.
    private const double TailFloor = 1e-2;

    [Theory]
    [MemberData(nameof(Activations))]
    public void Activate(Activation activation) =>
        KernelCheck.Run(5e-7, (device, shape) => shape.Write(y => device.Activate(activation, Wide(device, shape), y)), TailFloor);

    [Theory]
    [MemberData(nameof(Activations))]
    public void Activate_backward(Activation activation) =>
        KernelCheck.Run(1e-6, (device, shape) => shape.Write(y => device.ActivateBackward(activation, Wide(device, shape), shape.Matrix(2), y)));

    [Theory]
    [MemberData(nameof(Activations))]
    public void An_element_has_the_same_bits_wherever_it_lies(Activation activation)
    {
        KernelCheck.RowsAreIndependent((device, x) =>
        {
            Tensor y = Tensor.Full(x.Shape, float.NaN);
            device.Activate(activation, x, y);
            return y;
        });
        KernelCheck.RowsAreIndependent((device, x) =>
        {
            Tensor y = Tensor.Full(x.Shape, float.NaN);
            device.ActivateBackward(activation, x, x, y);
            return y;
        });
    }

    [Fact]
    public void Relu_keeps_NaN_and_has_no_slope_at_zero()
    {
        Tensor x = Tensor.From(0f, -0f, 1f, -1f, float.NaN, float.PositiveInfinity, float.NegativeInfinity);
        Tensor y = Tensor.Full(x.Shape, 9f);
        KernelCheck.Cpu.Activate(Activation.Relu, x, y);
        Assert.Equal([0f, 0f, 1f, 0f, float.NaN, float.PositiveInfinity, 0f], y.ToArray());
        KernelCheck.Cpu.ActivateBackward(Activation.Relu, x, Tensor.Full(x.Shape, 2f), y);
        Assert.Equal([0f, 0f, 2f, 0f, 0f, 2f, 0f], y.ToArray());
    }

    [Theory]
    [MemberData(nameof(Activations))]
    public void Large_numbers_saturate(Activation activation)
    {
        Tensor x = Tensor.From(-1e6f, -300f, -95f, 95f, 300f, 1e6f);
        Tensor[] results = [Tensor.Zeros(x.Shape), Tensor.Zeros(x.Shape)];
        foreach ((Device device, Tensor y) in new[] { KernelCheck.Reference, KernelCheck.Cpu }.Zip(results))
        {
            device.Activate(activation, x, y);
        }

        TensorAssert.Close(results[0], results[1], 1e-7, $"{activation}");
        foreach ((Device device, Tensor y) in new[] { KernelCheck.Reference, KernelCheck.Cpu }.Zip(results))
        {
            device.ActivateBackward(activation, x, Tensor.Full(x.Shape, 1f), y);
        }

        TensorAssert.Close(results[0], results[1], 1e-7, $"{activation}, backward");
    }

    [Fact]
    public void A_kernel_that_writes_a_parameter_makes_cached_copies_of_it_stale()
    {
        Tensor parameter = Tensor.Zeros(new Shape(4));
        int version = parameter.Version;
        KernelCheck.Cpu.AddScaled(Tensor.Full(new Shape(4), 1f), 1f, parameter);
        Assert.NotEqual(version, parameter.Version);
    }

    [Fact]
    public void An_unknown_activation_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => KernelCheck.Cpu.Activate((Activation)99, Tensor.Zeros(new Shape(1)), Tensor.Zeros(new Shape(1))));

    // Normal numbers times 3, so that the flat ends of the activations are reached too.
    private static Tensor Wide(Device device, KernelCheck.Case shape)
    {
        Tensor x = shape.Result();
        device.Scale(shape.Matrix(1), 3f, x);
        return x;
    }
}
