using System.Runtime.Intrinsics;

namespace Heed.Models.Formats.Quantization;

/// <summary><c>Q6_K</c>: 16 parts of 16 integers of 6 bits around zero; each part has a signed scale s of 8 bits. x = (d s) (q - 32).</summary>
/// <remarks>
/// Bytes: low 4 bits [128], high 2 bits [64], s[16], d (half). Each half of the block has 64 and 32 of those bytes for four
/// groups of 32 elements: the low bits of groups 0 and 1 are low halves, of 2 and 3 high halves; the high bits of group g stand at bit 2g.
/// </remarks>
internal sealed class Q6K() : BlockFormat(256, 210)
{
    private const int HighBits = 128;
    private const int Scales = 192;
    private const int Unit = 208;

    protected override void DequantizeBlock(ReadOnlySpan<byte> block, Span<float> values)
    {
        float unit = Half(block, Unit);
        for (int half = 0; half < 2; half++)
        {
            for (int group = 0; group < 4; group++)
            {
                Vector256<byte> low = Levels.Nibbles(block[((half * 64) + (group % 2 * 32))..], high: group > 1);
                Vector256<byte> high = ((Vector256.Create(block[(HighBits + (half * 32))..]) >> (2 * group)) & Vector256.Create((byte)3)) << 4;
                ReadOnlySpan<byte> scales = block[(Scales + (half * 8) + (group * 2))..];
                Levels.Scale(low | high, zero: 32, unit * (sbyte)scales[0], unit * (sbyte)scales[1], values[((half * 128) + (group * Levels.Count))..]);
            }
        }
    }
}
