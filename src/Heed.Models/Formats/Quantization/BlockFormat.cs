namespace Heed.Models.Formats.Quantization;

/// <summary>A way to store floats as small integers, block by block, each block with scales of its own.</summary>
/// <remarks>
/// The blocks are those of ggml; each format's file says how its bytes lie. Every number comes out as the reference
/// implementation computes it: single precision, one rounding for each operation written in the equation.
/// </remarks>
internal abstract class BlockFormat(int elements, int bytes)
{
    /// <summary>The number of elements of a block.</summary>
    public int Elements { get; } = elements;

    /// <summary>The number of bytes of a block.</summary>
    public int Bytes { get; } = bytes;

    /// <summary>Turns whole blocks into floats.</summary>
    /// <param name="stored">The blocks.</param>
    /// <param name="values">Receives <see cref="Elements"/> values for each block.</param>
    public void Dequantize(ReadOnlySpan<byte> stored, Span<float> values)
    {
        for (; !stored.IsEmpty; stored = stored[Bytes..], values = values[Elements..])
        {
            DequantizeBlock(stored[..Bytes], values[..Elements]);
        }
    }

    protected abstract void DequantizeBlock(ReadOnlySpan<byte> block, Span<float> values);

    /// <summary>The half-precision number at a place of a block.</summary>
    protected static float Half(ReadOnlySpan<byte> block, int offset) => (float)System.Buffers.Binary.BinaryPrimitives.ReadHalfLittleEndian(block[offset..]);
}
