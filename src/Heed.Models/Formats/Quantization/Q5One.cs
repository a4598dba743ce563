using System.Buffers.Binary;

namespace Heed.Models.Formats.Quantization;

/// <summary><c>Q5_1</c>: 32 integers of 5 bits, a scale and a minimum. x = d q + m.</summary>
/// <remarks>Bytes: d (half), m (half), the fifth bits (32, element i at bit i), q[16] as in <see cref="Q4One"/>.</remarks>
internal sealed class Q5One() : BlockFormat(32, 24)
{
    protected override void DequantizeBlock(ReadOnlySpan<byte> block, Span<float> values)
    {
        (float scale, float minimum) = (Half(block, 0), Half(block, 2));
        uint fifth = BinaryPrimitives.ReadUInt32LittleEndian(block[4..]);
        for (int i = 0; i < 16; i++)
        {
            values[i] = (Q5Zero.FiveBits(block[8 + i] & 15, fifth, i) * scale) + minimum;
            values[i + 16] = (Q5Zero.FiveBits(block[8 + i] >> 4, fifth, i + 16) * scale) + minimum;
        }
    }
}
