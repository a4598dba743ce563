namespace Heed.Models.Formats.Quantization;

/// <summary><c>Q4_0</c>: 32 integers of 4 bits around zero and one scale. x = d (q - 8).</summary>
/// <remarks>Bytes: d (half), q[16]; the low halves hold elements 0 to 15, the high halves 16 to 31.</remarks>
internal sealed class Q4Zero() : QuantizingFormat(32, 18)
{
    protected override void DequantizeBlock(ReadOnlySpan<byte> block, Span<float> values)
    {
        Levels.Scale(Levels.Nibbles(block[2..]), zero: 8, Half(block, 0), values);
    }

    // The element of largest size becomes -8, which one end of the range reaches and the other does not.
    protected override void QuantizeBlock(ReadOnlySpan<float> values, Span<byte> block)
    {
        float largest = 0;
        foreach (float value in values)
        {
            largest = Math.Abs(value) > Math.Abs(largest) ? value : largest;
        }

        float scale = largest / -8;
        float inverse = scale == 0 ? 0 : 1 / scale;
        WriteHalf(block, scale);
        for (int i = 0; i < 16; i++)
        {
            block[2 + i] = (byte)(Level(values[i] * inverse) | (Level(values[i + 16] * inverse) << 4));
        }
    }

    private static int Level(float scaled) => Math.Min(15, (int)(scaled + 8.5f));
}
