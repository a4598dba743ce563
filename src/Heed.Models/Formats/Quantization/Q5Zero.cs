using System.Buffers.Binary;

namespace Heed.Models.Formats.Quantization;

/// <summary><c>Q5_0</c>: 32 integers of 5 bits around zero and one scale. x = d (q - 16).</summary>
/// <remarks>Bytes: d (half), the fifth bits (32, element i at bit i), q[16] as in <see cref="Q4Zero"/>.</remarks>
internal sealed class Q5Zero() : BlockFormat(32, 22)
{
    protected override void DequantizeBlock(ReadOnlySpan<byte> block, Span<float> values)
    {
        float scale = Half(block, 0);
        uint fifth = BinaryPrimitives.ReadUInt32LittleEndian(block[2..]);
        for (int i = 0; i < 16; i++)
        {
            values[i] = (FiveBits(block[6 + i] & 15, fifth, i) - 16) * scale;
            values[i + 16] = (FiveBits(block[6 + i] >> 4, fifth, i + 16) - 16) * scale;
        }
    }

    /// <summary>Four low bits, and the fifth of an element.</summary>
    internal static int FiveBits(int low, uint fifth, int element) => low | (int)(((fifth >> element) & 1) << 4);
}
