using Heed.Tensors.Devices;
using Heed.Testing;

namespace Heed.Tensors.Tests.Kernels;

/// <summary>The optimisers' steps, several in a row.</summary>
public sealed class OptimizerKernelTests
{
    [Theory]
    [InlineData(0f)]
    [InlineData(0.1f)]
    public void Adam(float weightDecay) => KernelCheck.Run(2e-6, (device, shape) =>
    {
        Tensor[] state = [shape.Matrix(1), Tensor.Zeros(shape.Shape), Tensor.Zeros(shape.Shape)];
        for (int t = 1; t <= 3; t++)
        {
            var step = new AdamStep(0.01f, 0.9f, 0.98f, 1e-9f, weightDecay, 1 - MathF.Pow(0.9f, t), 1 - MathF.Pow(0.98f, t), 0.5f);
            device.AdamStep(state[0], shape.Matrix(1 + t), state[1], state[2], step);
        }

        return state;
    });

    [Theory]
    [InlineData(0f)]
    [InlineData(0.9f)]
    public void Gradient_descent(float momentum) => KernelCheck.Run(2e-6, (device, shape) =>
    {
        Tensor parameter = shape.Matrix(1);
        Tensor? velocity = momentum > 0 ? Tensor.Zeros(shape.Shape) : null;
        for (int t = 1; t <= 3; t++)
        {
            device.SgdStep(parameter, shape.Matrix(1 + t), velocity, new SgdStep(0.1f, momentum, 0.01f, 0.5f));
        }

        return velocity is null ? [parameter] : [parameter, velocity];
    });

    [Fact]
    public void Adagrad() => KernelCheck.Run(2e-6, (device, shape) =>
    {
        Tensor[] state = [shape.Matrix(1), Tensor.Zeros(shape.Shape)];
        for (int t = 1; t <= 3; t++)
        {
            device.AdagradStep(state[0], shape.Matrix(1 + t), state[1], new AdagradStep(0.1f, 1e-10f, 0.5f));
        }

        return state;
    });

    [Fact]
    public void A_parameter_without_gradient_stays_where_it_is()
    {
        Tensor[] state = [Tensor.From(1f, -2f, 3f), Tensor.Zeros(new Shape(3)), Tensor.Zeros(new Shape(3))];
        KernelCheck.Cpu.AdamStep(state[0], Tensor.Zeros(new Shape(3)), state[1], state[2], new AdamStep(0.01f, 0.9f, 0.98f, 1e-9f, 0, 0.1f, 0.02f, 1f));
        TensorAssert.SameBits([1f, -2f, 3f], state[0].Values, "parameter");
    }
}
