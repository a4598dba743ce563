using Heed.Tensors.Devices;
using Heed.Testing;

namespace Heed.Tensors.Tests.Kernels;

/// <summary>Layer normalisation and root-mean-square normalisation.</summary>
public sealed class NormTests
{
    [Fact]
    public void Layer_norm() => KernelCheck.Run(3e-6, (device, shape) =>
    {
        (Tensor y, Tensor mean, Tensor inverse) = (shape.Result(), shape.RowResult(), shape.RowResult());
        device.LayerNorm(shape.Matrix(1), shape.Vector(2), shape.Vector(3), 1e-5f, y, mean, inverse);
        return [y, inverse];
    });

    [Fact]
    public void Layer_norm_backward() => KernelCheck.Run(5e-6, LayerNormBackward, floor: 1);

    [Fact]
    public void Layer_norm_backward_over_many_rows() => KernelCheck.Run(5e-6, 700, 48, LayerNormBackward, floor: 1);

    [Fact]
    public void Layer_norm_far_from_zero()
    {
        // Numbers around 4096 in steps of 2^-10: their deviations are exact, and a one-pass variance would lose them.
        var random = new System.Random(5);
        float[] values = [.. Enumerable.Range(0, 300).Select(_ => 4096 + (random.Next(-1024, 1024) / 1024f))];
        Tensor x = Tensor.From(values, new Shape(1, 300));
        Tensor[] expected = Normalize(KernelCheck.Reference, x);
        Tensor[] actual = Normalize(KernelCheck.Cpu, x);
        TensorAssert.Close(expected[0], actual[0], 1e-3, "y"); // one unit in the last place of the mean is 5e-4 of the deviation
        TensorAssert.Close(expected[1], actual[1], 1e-6, "inverse deviation");
    }

    [Fact]
    public void A_constant_row_becomes_the_bias()
    {
        Tensor y = Normalize(KernelCheck.Cpu, Tensor.Full(new Shape(2, 33), 7f))[0];
        Assert.All(y.ToArray(), value => Assert.Equal(0f, value));
    }

    [Fact]
    public void Rms_norm() => KernelCheck.Run(2e-6, (device, shape) =>
    {
        (Tensor y, Tensor inverse) = (shape.Result(), shape.RowResult());
        device.RmsNorm(shape.Matrix(1), shape.Vector(2), 1e-6f, y, inverse);
        return [y, inverse];
    });

    [Fact]
    public void Rms_norm_backward() => KernelCheck.Run(5e-6, RmsNormBackward, floor: 1);

    [Fact]
    public void Rms_norm_backward_over_many_rows() => KernelCheck.Run(5e-6, 700, 48, RmsNormBackward, floor: 1);

    [Fact]
    public void A_row_does_not_depend_on_its_neighbours()
    {
        KernelCheck.RowsAreIndependent((device, x) => Normalize(device, x)[0]);
        KernelCheck.RowsAreIndependent((device, x) =>
        {
            Tensor y = Tensor.Full(x.Shape, float.NaN);
            device.RmsNorm(x, Tensor.Full(new Shape(x.Columns), 1.5f), 1e-6f, y, Tensor.Zeros(new Shape(x.Rows)));
            return y;
        });
        KernelCheck.RowsAreIndependent((device, x) =>
        {
            Tensor gain = Tensor.Full(new Shape(x.Columns), 1.5f);
            (Tensor mean, Tensor inverse, Tensor dx) = (Tensor.Full(new Shape(x.Rows), 0.1f), Tensor.Full(new Shape(x.Rows), 0.9f), Tensor.Full(x.Shape, float.NaN));
            device.LayerNormBackward(x, gain, mean, inverse, x, dx, Tensor.Zeros(gain.Shape), Tensor.Zeros(gain.Shape));
            return dx;
        });
    }

    private static Tensor[] LayerNormBackward(Device device, KernelCheck.Case shape)
    {
        (Tensor mean, Tensor inverse) = (shape.RowResult(), shape.RowResult());
        KernelCheck.Reference.LayerNorm(shape.Matrix(1), shape.Vector(2), shape.Vector(3), 0.05f, shape.Result(), mean, inverse);
        Tensor[] gradients = [shape.Matrix(4), shape.Vector(5), shape.Vector(6)];
        device.LayerNormBackward(shape.Matrix(1), shape.Vector(2), mean, inverse, gradients[0], gradients[0], gradients[1], gradients[2]); // dx in place of dy
        return gradients;
    }

    private static Tensor[] RmsNormBackward(Device device, KernelCheck.Case shape)
    {
        Tensor inverse = shape.RowResult();
        KernelCheck.Reference.RmsNorm(shape.Matrix(1), shape.Vector(2), 0.05f, shape.Result(), inverse);
        Tensor[] gradients = [shape.Matrix(4), shape.Vector(5)];
        device.RmsNormBackward(shape.Matrix(1), shape.Vector(2), inverse, gradients[0], gradients[0], gradients[1]);
        return gradients;
    }

    private static Tensor[] Normalize(Device device, Tensor x)
    {
        Tensor[] results = [Tensor.Full(x.Shape, float.NaN), Tensor.Zeros(new Shape(x.Rows)), Tensor.Zeros(new Shape(x.Rows))];
        device.LayerNorm(x, Tensor.Full(new Shape(x.Columns), 1f), Tensor.Zeros(new Shape(x.Columns)), 1e-5f, results[0], results[1], results[2]);
        return [results[0], results[2]];
    }
}
