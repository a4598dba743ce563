namespace Heed.Models.Formats.Quantization;

/// <summary><c>Q8_0</c>: 32 signed bytes and one scale. x = d q.</summary>
/// <remarks>Bytes: d (half), q[32].</remarks>
internal sealed class Q8Zero() : QuantizingFormat(32, 34)
{
    protected override void DequantizeBlock(ReadOnlySpan<byte> block, Span<float> values)
    {
        Levels.Scale(Levels.Signed(block[2..]), Half(block, 0), values);
    }

    protected override void QuantizeBlock(ReadOnlySpan<float> values, Span<byte> block)
    {
        float largest = 0;
        foreach (float value in values)
        {
            largest = Math.Max(largest, Math.Abs(value));
        }

        float scale = largest / 127;
        float inverse = scale == 0 ? 0 : 1 / scale;
        WriteHalf(block, scale);
        for (int i = 0; i < values.Length; i++)
        {
            block[2 + i] = (byte)(sbyte)MathF.Round(values[i] * inverse, MidpointRounding.AwayFromZero);
        }
    }
}
