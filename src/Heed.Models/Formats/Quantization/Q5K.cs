using System.Runtime.Intrinsics;

namespace Heed.Models.Formats.Quantization;

/// <summary><c>Q5_K</c>: <see cref="Q4K"/> with a fifth bit for each element. x = (d s) q - (e m).</summary>
/// <remarks>Bytes: d (half), e (half), <see cref="KScales"/>, 32 bytes of fifth bits (part p's at bit p), q[128].</remarks>
internal sealed class Q5K() : BlockFormat(256, 176)
{
    protected override void DequantizeBlock(ReadOnlySpan<byte> block, Span<float> values)
    {
        (float scaleUnit, float minimumUnit) = (Half(block, 0), Half(block, 2));
        ReadOnlySpan<byte> scales = block.Slice(4, KScales.Bytes);
        Vector256<byte> fifth = Vector256.Create(block[16..]);
        for (int part = 0; part < 8; part++)
        {
            (int s, int m) = KScales.Of(scales, part);
            (float scale, float minimum) = (scaleUnit * s, minimumUnit * m);
            ReadOnlySpan<byte> pairs = block.Slice(48 + (part / 2 * 32), 32);
            Vector256<byte> fifthBits = ((fifth >> part) & Vector256.Create((byte)1)) << 4;
            Levels.ScaleAndShift(Levels.Nibbles(pairs, high: part % 2 == 1) | fifthBits, scale, -minimum, values[(part * Levels.Count)..]);
        }
    }
}
