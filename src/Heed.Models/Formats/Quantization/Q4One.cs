namespace Heed.Models.Formats.Quantization;

/// <summary><c>Q4_1</c>: 32 integers of 4 bits, a scale and a minimum. x = d q + m.</summary>
/// <remarks>Bytes: d (half), m (half), q[16]; the low halves hold elements 0 to 15, the high halves 16 to 31.</remarks>
internal sealed class Q4One() : BlockFormat(32, 20)
{
    protected override void DequantizeBlock(ReadOnlySpan<byte> block, Span<float> values)
    {
        (float scale, float minimum) = (Half(block, 0), Half(block, 2));
        for (int i = 0; i < 16; i++)
        {
            values[i] = ((block[4 + i] & 15) * scale) + minimum;
            values[i + 16] = ((block[4 + i] >> 4) * scale) + minimum;
        }
    }
}
