using Heed.Tensors.Devices;
using Heed.Testing;

namespace Heed.Tensors.Tests.Kernels;

/// <summary>Rotary positions.</summary>
public sealed class RotaryTests
{
    [Theory]
    [InlineData(2, 1)]
    [InlineData(6, 3)]
    [InlineData(64, 4)]
    [InlineData(70, 2)]
    public void Agrees_with_the_reference(int headDim, int heads)
    {
        foreach (bool inverse in new[] { false, true })
        {
            KernelCheck.Run(1e-6, 60, headDim * heads, (device, shape) => shape.Write(y =>
                device.Rotate(shape.Matrix(1), Positions(shape), RotaryFrequencies.Geometric(headDim, 10000f), inverse, y)));
        }
    }

    [Fact]
    public void Positions_beyond_what_is_kept_have_the_same_bits()
    {
        int[] near = [5, 90];
        Tensor x = RandomTensor.Normal(3, new Shape(3, 128));
        Tensor expected = Rotate(KernelCheck.Cpu, Tensor.From(x.Values[..256], new Shape(2, 128)), near, 64);
        Tensor actual = Rotate(KernelCheck.Cpu, x, [.. near, int.MaxValue], 64);
        TensorAssert.SameBits(expected.Values, actual.Values[..256], "the first two rows");
        TensorAssert.Close(Rotate(KernelCheck.Reference, x, [.. near, int.MaxValue], 64), actual, 1e-6, "a far position");
        TensorAssert.Close(Rotate(KernelCheck.Reference, x, [-1, 0, -7], 64), Rotate(KernelCheck.Cpu, x, [-1, 0, -7], 64), 1e-6, "negative positions");
    }

    [Fact]
    public void Turning_back_in_place_restores_the_row()
    {
        Tensor x = RandomTensor.Normal(4, new Shape(2, 24));
        Tensor y = Tensor.From(x.Values, x.Shape);
        KernelCheck.Cpu.Rotate(y, new[] { 11, 400 }, RotaryFrequencies.Geometric(12, 10000f), false, y);
        Assert.NotEqual(x.Values[0], y.Values[0]);
        KernelCheck.Cpu.Rotate(y, new[] { 11, 400 }, RotaryFrequencies.Geometric(12, 10000f), true, y);
        TensorAssert.Close(x, y, 1e-6, "turned back");
    }

    [Fact]
    public void Tables_grow_while_others_use_them()
    {
        var device = CpuDevice.Create(1);
        Tensor x = RandomTensor.Normal(5, new Shape(1, 16));
        int[] positions = [.. Enumerable.Range(0, 600)];
        Tensor[] actual = new Tensor[positions.Length];
        Parallel.For(0, positions.Length, i => actual[i] = Rotate(device, x, [positions[i]], 16));
        foreach (int position in positions)
        {
            TensorAssert.Close(Rotate(KernelCheck.Reference, x, [position], 16), actual[position], 1e-6, $"position {position}");
        }
    }

    private static Tensor Rotate(Device device, Tensor x, int[] positions, int headDim)
    {
        Tensor y = Tensor.Full(x.Shape, float.NaN);
        device.Rotate(x, positions, RotaryFrequencies.Geometric(headDim, 10000f), false, y);
        return y;
    }

    private static int[] Positions(KernelCheck.Case shape)
    {
        var random = new System.Random(shape.Seed);
        return [.. Enumerable.Range(0, shape.Rows).Select(_ => random.Next(3000))];
    }
}
