using Heed.Tensors.Random;

namespace Heed.Tensors.Tests.Kernels;

/// <summary>Dropout: the vector path draws the very numbers that the scalar generator draws.</summary>
public sealed class DropoutTests
{
    [Theory]
    [InlineData(0.1f)]
    [InlineData(0.5f)]
    [InlineData(0.999f)]
    public void Dropout(float probability) => KernelCheck.Run(0, (device, shape) => shape.Write(y => device.Dropout(shape.Matrix(1), probability, (ulong)shape.Seed * 0x9E3779B97F4A7C15UL, y)));

    [Theory]
    [InlineData(0f)]
    [InlineData(0.1f)]
    [InlineData(0.5f)]
    public void Add_dropout(float probability) =>
        KernelCheck.Run(0, (device, shape) => shape.Write(y => device.AddDropout(shape.Matrix(1), shape.Matrix(2), probability, 0xFEDCBA9876543210UL, y)));

    [Fact]
    public void Fused_has_the_bits_of_the_two_steps() => KernelCheck.Run(0, (device, shape) => shape.Write(y =>
    {
        if (device == KernelCheck.Reference)
        {
            KernelCheck.Cpu.AddDropout(shape.Matrix(1), shape.Matrix(2), 0.3f, 77, y);
        }
        else
        {
            Tensor dropped = shape.Result();
            device.Dropout(shape.Matrix(2), 0.3f, 77, dropped);
            device.Add(shape.Matrix(1), dropped, y);
        }
    }));

    [Fact]
    public void Drops_the_share_that_was_asked_for_and_keeps_the_mean()
    {
        Tensor y = Tensor.Zeros(new Shape(200_000));
        KernelCheck.Cpu.Dropout(Tensor.Full(y.Shape, 1f), 0.3f, CounterRandom.Derive(3, 4), y);
        Assert.Equal(0.3, y.ToArray().Count(value => value == 0) / 200_000.0, 0.005);
        Assert.All(y.ToArray(), value => Assert.True(value is 0 or 1 / (1 - 0.3f)));
    }

    [Fact]
    public void Other_keys_drop_other_elements()
    {
        float[][] masks = [.. Enumerable.Range(0, 4).Select(key =>
        {
            Tensor y = Tensor.Zeros(new Shape(4096));
            KernelCheck.Cpu.Dropout(Tensor.Full(y.Shape, 1f), 0.5f, CounterRandom.Derive(9, (ulong)key), y);
            return y.ToArray();
        })];
        for (int other = 1; other < masks.Length; other++)
        {
            Assert.Equal(0.5, masks[0].Zip(masks[other]).Count(pair => pair.First == pair.Second) / 4096.0, 0.05);
        }
    }
}
