using Heed.Nn.Positions;
using Heed.Tensors;
using Heed.Tensors.Memory;
using Heed.Tensors.Random;
using Heed.Testing;

namespace Heed.Nn.Tests.Positions;

public sealed class PositionTests
{
    [Theory]
    [GoldenData("sinusoidal_positions")]
    public void Sinusoids_agree_with_PyTorch(string file)
    {
        Golden golden = Golden.Load(file);
        Tensor expected = golden["out.pe"];
        Tensor actual = new SinusoidalPositions(expected.Columns).Forward(Enumerable.Range(0, expected.Rows).ToArray());
        TensorAssert.Close(expected, actual, 2e-5, "positions");
    }

    [Theory]
    [GoldenData("rope_half_rotation")]
    public void Rotary_positions_agree_with_PyTorch(string file)
    {
        Golden golden = Golden.Load(file);
        int[] shape = golden.Shape("in.x"); // [batch, heads, time, headDim]
        int[] positions = [.. Enumerable.Range(0, shape[0]).SelectMany(_ => Enumerable.Range(0, shape[2]))];
        Tensor x = golden.Input("in.x");
        GoldenModule.Check(
            golden,
            null,
            () =>
            {
                Tensor rows = Ops.Reshape(Ops.Permute(x, 0, 2, 1, 3), new Shape(shape[0] * shape[2], shape[1] * shape[3]));
                Tensor rotated = Ops.RotaryPositions(rows, positions, shape[3]);
                return Ops.Permute(Ops.Reshape(rotated, new Shape(shape[0], shape[2], shape[1], shape[3])), 0, 2, 1, 3);
            },
            ("x", x));
    }

    [Fact]
    public void The_table_grows_and_a_position_keeps_its_bits()
    {
        var positions = new SinusoidalPositions(10);
        float[] early = positions.Forward(new[] { 3, 63 }).ToArray();
        using (TensorScope.Begin())
        {
            positions.Forward(new[] { 1000 });
        }

        Tensor late = positions.Forward(new[] { 3, 63, 1000 });
        TensorAssert.SameBits(early, late.Values[..20], "positions 3 and 63");
        Assert.Equal(MathF.Sin(1000), late.Values[20], 1e-6f);
        Assert.Equal(MathF.Cos(1000), late.Values[21], 1e-6f);
    }

    [Fact]
    public void Learned_positions_end_with_a_clear_error()
    {
        var positions = new LearnedPositions(16, 4, new SeededRandom(1));
        Assert.Equal(2, positions.Forward(new[] { 0, 15 }).Rows);
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => positions.Forward(new[] { 0, 16 }));
        Assert.Contains("at most 16 tokens", error.Message, StringComparison.Ordinal);
    }
}
