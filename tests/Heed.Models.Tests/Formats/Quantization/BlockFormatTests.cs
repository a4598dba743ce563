using System.Buffers.Binary;
using Heed.Models.Formats.Gguf;
using Heed.Models.Formats.Quantization;
using Heed.Testing;

namespace Heed.Models.Tests.Formats.Quantization;

/// <summary>Every block format against its definition, written once more here: one element at a time, straight from where its bits lie.</summary>
public sealed class BlockFormatTests
{
    [Theory]
    [InlineData(GgufTensorType.Q8Zero)]
    [InlineData(GgufTensorType.Q4Zero)]
    [InlineData(GgufTensorType.Q4One)]
    [InlineData(GgufTensorType.Q5Zero)]
    [InlineData(GgufTensorType.Q5One)]
    [InlineData(GgufTensorType.Q4K)]
    [InlineData(GgufTensorType.Q5K)]
    [InlineData(GgufTensorType.Q6K)]
    public void Every_element_is_what_the_format_defines(GgufTensorType type)
    {
        int seed = RandomTensor.FreshSeed();
        var random = new Random(seed);
        BlockFormat format = type.Blocks()!;
        Assert.Equal((type.BlockElements(), type.BlockBytes()), (format.Elements, format.Bytes));
        for (int round = 0; round < 200; round++)
        {
            var stored = new byte[3 * format.Bytes];
            random.NextBytes(stored);
            var values = new float[3 * format.Elements];
            format.Dequantize(stored, values);
            for (int i = 0; i < values.Length; i++)
            {
                float expected = Element(type, stored.AsSpan(i / format.Elements * format.Bytes, format.Bytes), i % format.Elements);
                Assert.True(expected.Equals(values[i]), $"seed {seed}, round {round}: {type} element {i} is {values[i]:G9}, expected {expected:G9}");
            }
        }
    }

    [Theory]
    [InlineData(GgufTensorType.Q8Zero, 0.5 / 127)]
    [InlineData(GgufTensorType.Q4Zero, 1.0 / 8)] // the end of the range that is not reached is a whole step away
    public void Quantised_values_come_back_within_half_a_step(GgufTensorType type, double tolerance)
    {
        int seed = RandomTensor.FreshSeed();
        var random = new Random(seed);
        var format = (QuantizingFormat)type.Blocks()!;
        for (int round = 0; round < 500; round++)
        {
            float[] values = [.. Enumerable.Range(0, format.Elements).Select(_ => ((float)random.NextDouble() - 0.5f) * MathF.Pow(10, random.Next(-2, 3)))];
            var stored = new byte[format.Bytes];
            var back = new float[values.Length];
            format.Quantize(values, stored);
            format.Dequantize(stored, back); // the scale is rounded to a half, too
            TensorAssert.Close(values, back, tolerance + (1 / 2048.0), $"seed {seed}, round {round}, {type}");
        }
    }

    [Fact]
    public void Known_blocks_are_quantised_to_known_bytes()
    {
        float[] ramp = [.. Enumerable.Range(0, 32).Select(i => i - 16f)];
        var q8 = new byte[34];
        new Q8Zero().Quantize(ramp, q8);
        Assert.Equal((Half)(16f / 127), BinaryPrimitives.ReadHalfLittleEndian(q8));
        Assert.Equal((-127, 0, 119), ((sbyte)q8[2], (sbyte)q8[18], (sbyte)q8[33])); // 15 * 127 / 16 = 119.06
        var q4 = new byte[18];
        new Q4Zero().Quantize(ramp, q4);
        Assert.Equal((Half)2, BinaryPrimitives.ReadHalfLittleEndian(q4));
        Assert.Equal(0x80, q4[2]); // element 0 is -16: 0; element 16 is 0: 8
        Assert.Equal(0xF8, q4[17]); // element 15 is -1: 8 (7.5 + 0.5); element 31 is 15: 15 (15.5 + 0.5, clamped)
    }

    [Fact]
    public void A_block_of_zeros_stays_zero()
    {
        foreach (QuantizingFormat format in new QuantizingFormat[] { new Q8Zero(), new Q4Zero() })
        {
            var stored = new byte[format.Bytes];
            var back = new float[32];
            format.Quantize(new float[32], stored);
            format.Dequantize(stored, back);
            Assert.All(back, value => Assert.Equal(0f, value));
        }
    }

    private static float Element(GgufTensorType type, ReadOnlySpan<byte> b, int i) => type switch
    {
        GgufTensorType.Q8Zero => HalfAt(b, 0) * (sbyte)b[2 + i],
        GgufTensorType.Q4Zero => (Nibble(b, 2, i) - 8) * HalfAt(b, 0),
        GgufTensorType.Q4One => (Nibble(b, 4, i) * HalfAt(b, 0)) + HalfAt(b, 2),
        GgufTensorType.Q5Zero => (Nibble(b, 6, i) + (Bit(b, 2, i) * 16) - 16) * HalfAt(b, 0),
        GgufTensorType.Q5One => ((Nibble(b, 8, i) + (Bit(b, 4, i) * 16)) * HalfAt(b, 0)) + HalfAt(b, 2),
        GgufTensorType.Q4K => (HalfAt(b, 0) * Six(b, 4, i / 32) * NibbleOfPair(b, 16, i)) - (HalfAt(b, 2) * Six(b, 4, 8 + (i / 32))),
        GgufTensorType.Q5K => (HalfAt(b, 0) * Six(b, 4, i / 32) * (NibbleOfPair(b, 48, i) + (((b[16 + (i % 32)] >> (i / 32)) & 1) * 16))) - (HalfAt(b, 2) * Six(b, 4, 8 + (i / 32))),
        _ => HalfAt(b, 208) * (sbyte)b[192 + (i / 16)] * (SixBits(b, i) - 32),
    };

    private static float HalfAt(ReadOnlySpan<byte> b, int offset) => (float)BinaryPrimitives.ReadHalfLittleEndian(b[offset..]);

    private static int Nibble(ReadOnlySpan<byte> b, int offset, int i) => i < 16 ? b[offset + i] % 16 : b[offset + i - 16] / 16;

    private static int NibbleOfPair(ReadOnlySpan<byte> b, int offset, int i) => i / 32 % 2 == 0 ? b[offset + (i / 64 * 32) + (i % 32)] % 16 : b[offset + (i / 64 * 32) + (i % 32)] / 16;

    private static int Bit(ReadOnlySpan<byte> b, int offset, int i) => (b[offset + (i / 8)] >> (i % 8)) & 1;

    // Numbers 0 to 7 are scales, 8 to 15 minima.
    private static int Six(ReadOnlySpan<byte> b, int offset, int number)
    {
        int part = number % 8;
        int own = number / 8 * 4;
        return part < 4
            ? b[offset + own + part] % 64
            : (number < 8 ? b[offset + 4 + part] % 16 : b[offset + 4 + part] / 16) + (b[offset + own + part - 4] / 64 * 16);
    }

    private static int SixBits(ReadOnlySpan<byte> b, int i)
    {
        int inHalf = i % 128;
        int low = b[(i / 128 * 64) + (inHalf % 64)];
        int high = b[128 + (i / 128 * 32) + (inHalf % 32)];
        return (inHalf < 64 ? low % 16 : low / 16) + ((high >> (inHalf / 32 * 2)) % 4 * 16);
    }
}
