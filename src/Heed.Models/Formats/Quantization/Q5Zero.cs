namespace Heed.Models.Formats.Quantization;

/// <summary><c>Q5_0</c>: 32 integers of 5 bits around zero and one scale. x = d (q - 16).</summary>
/// <remarks>Bytes: d (half), the fifth bits (32, element i at bit i), q[16] as in <see cref="Q4Zero"/>.</remarks>
internal sealed class Q5Zero() : BlockFormat(32, 22)
{
    protected override void DequantizeBlock(ReadOnlySpan<byte> block, Span<float> values)
    {
        Levels.Scale(Levels.Nibbles(block[6..]) | Levels.FifthBits(block[2..]), zero: 16, Half(block, 0), values);
    }
}
