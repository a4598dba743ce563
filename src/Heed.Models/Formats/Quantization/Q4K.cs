namespace Heed.Models.Formats.Quantization;

/// <summary><c>Q4_K</c>: 8 parts of 32 integers of 4 bits; each part has a scale s and a minimum m of 6 bits. x = (d s) q - (e m).</summary>
/// <remarks>Bytes: d (half), e (half), <see cref="KScales"/>, q[128]; 32 bytes hold two parts, the first in their low halves.</remarks>
internal sealed class Q4K() : BlockFormat(256, 144)
{
    protected override void DequantizeBlock(ReadOnlySpan<byte> block, Span<float> values)
    {
        (float scaleUnit, float minimumUnit) = (Half(block, 0), Half(block, 2));
        ReadOnlySpan<byte> scales = block.Slice(4, KScales.Bytes);
        for (int part = 0; part < 8; part++)
        {
            (int s, int m) = KScales.Of(scales, part);
            (float scale, float minimum) = (scaleUnit * s, minimumUnit * m);
            ReadOnlySpan<byte> pairs = block.Slice(16 + (part / 2 * 32), 32);
            Levels.ScaleAndShift(Levels.Nibbles(pairs, high: part % 2 == 1), scale, -minimum, values[(part * Levels.Count)..]);
        }
    }
}
