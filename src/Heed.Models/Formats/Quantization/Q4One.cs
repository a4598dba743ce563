namespace Heed.Models.Formats.Quantization;

/// <summary><c>Q4_1</c>: 32 integers of 4 bits, a scale and a minimum. x = d q + m.</summary>
/// <remarks>Bytes: d (half), m (half), q[16]; the low halves hold elements 0 to 15, the high halves 16 to 31.</remarks>
internal sealed class Q4One() : BlockFormat(32, 20)
{
    protected override void DequantizeBlock(ReadOnlySpan<byte> block, Span<float> values)
    {
        Levels.ScaleAndShift(Levels.Nibbles(block[4..]), Half(block, 0), Half(block, 2), values);
    }
}
