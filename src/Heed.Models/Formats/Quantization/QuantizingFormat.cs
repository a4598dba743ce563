namespace Heed.Models.Formats.Quantization;

/// <summary>A block format that can also be written.</summary>
internal abstract class QuantizingFormat(int elements, int bytes) : BlockFormat(elements, bytes)
{
    /// <summary>Turns floats into whole blocks.</summary>
    /// <param name="values">A multiple of <see cref="BlockFormat.Elements"/>.</param>
    /// <param name="stored">Receives the blocks.</param>
    public void Quantize(ReadOnlySpan<float> values, Span<byte> stored)
    {
        for (; !values.IsEmpty; stored = stored[Bytes..], values = values[Elements..])
        {
            QuantizeBlock(values[..Elements], stored[..Bytes]);
        }
    }

    protected abstract void QuantizeBlock(ReadOnlySpan<float> values, Span<byte> block);

    protected static void WriteHalf(Span<byte> block, float value) => System.Buffers.Binary.BinaryPrimitives.WriteHalfLittleEndian(block, (Half)value);
}
