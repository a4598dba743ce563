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
                ReadOnlySpan<byte> low = block.Slice((half * 64) + (group % 2 * 32), 32);
                ReadOnlySpan<byte> high = block.Slice(HighBits + (half * 32), 32);
                Span<float> result = values.Slice((half * 128) + (group * 32), 32);
                for (int i = 0; i < 32; i++)
                {
                    int q = ((low[i] >> (group / 2 * 4)) & 15) | (((high[i] >> (2 * group)) & 3) << 4);
                    float scale = unit * (sbyte)block[Scales + (half * 8) + (group * 2) + (i / 16)];
                    result[i] = scale * (q - 32);
                }
            }
        }
    }
}
