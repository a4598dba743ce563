namespace Heed.Models.Formats.Quantization;

/// <summary><c>Q5_1</c>: 32 integers of 5 bits, a scale and a minimum. x = d q + m.</summary>
/// <remarks>Bytes: d (half), m (half), the fifth bits (32, element i at bit i), q[16] as in <see cref="Q4One"/>.</remarks>
internal sealed class Q5One() : BlockFormat(32, 24)
{
    protected override void DequantizeBlock(ReadOnlySpan<byte> block, Span<float> values)
    {
        Levels.ScaleAndShift(Levels.Nibbles(block[8..]) | Levels.FifthBits(block[4..]), Half(block, 0), Half(block, 2), values);
    }
}
