using Heed.Tensors.Devices;

namespace Heed.Tensors.Tests.Kernels;

/// <summary>Softmax, its logarithm, and both backward passes.</summary>
public sealed class SoftmaxTests
{
    private const float Infinity = float.PositiveInfinity;

    [Fact]
    public void Softmax() => KernelCheck.Run(1e-6, (device, shape) => shape.Write(y => device.Softmax(shape.Matrix(1), y)));

    [Fact]
    public void Softmax_backward() => KernelCheck.Run(1e-6, (device, shape) => shape.Write(dx => device.SoftmaxBackward(Weights(shape), shape.Matrix(2), dx)));

    [Fact]
    public void Log_softmax() => KernelCheck.Run(1e-6, (device, shape) => shape.Write(y => device.LogSoftmax(shape.Matrix(1), y)));

    [Fact]
    public void Log_softmax_backward() => KernelCheck.Run(2e-6, (device, shape) => shape.Write(dx =>
    {
        Tensor logs = shape.Result();
        KernelCheck.Reference.LogSoftmax(shape.Matrix(1), logs);
        device.LogSoftmaxBackward(logs, shape.Matrix(2), dx);
    }));

    [Fact]
    public void Long_rows() => KernelCheck.Run(1e-5, 3, 50_000, (device, shape) =>
    {
        Tensor[] results = [shape.Result(), shape.Result()];
        device.Softmax(shape.Matrix(1), results[0]);
        device.LogSoftmax(shape.Matrix(1), results[1]);
        return results;
    });

    [Fact]
    public void A_row_does_not_depend_on_its_neighbours()
    {
        KernelCheck.RowsAreIndependent((device, x) => Result(x, device.Softmax));
        KernelCheck.RowsAreIndependent((device, x) => Result(x, device.LogSoftmax));
        KernelCheck.RowsAreIndependent((device, x) => Result(x, (a, y) => device.SoftmaxBackward(a, a, y)));
        KernelCheck.RowsAreIndependent((device, x) => Result(x, (a, y) => device.LogSoftmaxBackward(a, a, y)));
    }

    [Fact]
    public void May_work_in_place() => KernelCheck.Run(0, (device, shape) =>
    {
        Tensor inPlace = shape.Matrix(1);
        KernelCheck.Cpu.Softmax(inPlace, inPlace);
        Tensor separate = shape.Result();
        KernelCheck.Cpu.Softmax(shape.Matrix(1), separate);
        return [device is ReferenceDevice ? separate : inPlace];
    });

    [Fact]
    public void Minus_infinity_has_no_weight_and_its_logarithm_is_minus_infinity()
    {
        Tensor x = Tensor.From([-Infinity, 1, -Infinity, 1, 1, 1, -Infinity], new Shape(1, 7));
        Assert.Equal([0, 0.25f, 0, 0.25f, 0.25f, 0.25f, 0], Result(x, KernelCheck.Cpu.Softmax).ToArray());
        float quarter = (float)Math.Log(0.25);
        Assert.Equal([-Infinity, quarter, -Infinity, quarter, quarter, quarter, -Infinity], Result(x, KernelCheck.Cpu.LogSoftmax).ToArray());
    }

    [Fact]
    public void Large_logits_neither_overflow_nor_lose_the_small_ones()
    {
        Tensor x = Tensor.From([1e30f, 1e30f, -1e30f], new Shape(1, 3));
        Assert.Equal([0.5f, 0.5f, 0], Result(x, KernelCheck.Cpu.Softmax).ToArray());
        Tensor close = Tensor.From([30000f, 30001f], new Shape(1, 2));
        Tensor logs = Result(close, KernelCheck.Cpu.LogSoftmax);
        Assert.Equal(-1.3132616875, logs.Values[0], 1e-6);
    }

    [Fact]
    public void NaN_fills_its_row_and_no_other()
    {
        foreach (int columns in new[] { 5, 16, 70 })
        {
            Tensor x = Tensor.Zeros(new Shape(2, columns));
            x.MutableValues()[columns - 2] = float.NaN;
            foreach (Tensor y in new[] { Result(x, KernelCheck.Cpu.Softmax), Result(x, KernelCheck.Cpu.LogSoftmax) })
            {
                Assert.All(y.ToArray()[..columns], value => Assert.True(float.IsNaN(value)));
                Assert.All(y.ToArray()[columns..], value => Assert.False(float.IsNaN(value)));
            }
        }
    }

    private static Tensor Weights(KernelCheck.Case shape)
    {
        Tensor weights = shape.Result();
        KernelCheck.Reference.Softmax(shape.Matrix(1), weights);
        return weights;
    }

    private static Tensor Result(Tensor x, Action<Tensor, Tensor> kernel)
    {
        Tensor y = Tensor.Full(x.Shape, float.NaN);
        kernel(x, y);
        return y;
    }
}
