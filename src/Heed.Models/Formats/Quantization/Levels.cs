using System.Buffers.Binary;
using System.Runtime.Intrinsics;

namespace Heed.Models.Formats.Quantization;

/// <summary>32 small integers of a block, unpacked from its bits and turned into floats, as vectors.</summary>
/// <remarks>
/// Every element goes through the same operations as it would alone: an exact conversion, one rounding for the product, one for the sum.
/// Nothing is fused, so the bits are those of the formats' equations on any machine.
/// </remarks>
internal static class Levels
{
    public const int Count = 32;

    // Byte i of a word of 32 bits, for 8 elements each, and the bit of each element in its byte.
    private static readonly Vector256<byte> ByteOfBit = Vector256.Create(0x0000000000000000UL, 0x0101010101010101UL, 0x0202020202020202UL, 0x0303030303030303UL).AsByte();
    private static readonly Vector256<byte> BitOfByte = Vector256.Create(0x8040201008040201UL).AsByte();

    /// <summary>Signed bytes as they stand.</summary>
    public static Vector256<sbyte> Signed(ReadOnlySpan<byte> bytes) => Vector256.Create(bytes).AsSByte();

    /// <summary>Elements 0 to 15 from the low halves of 16 bytes, 16 to 31 from the high halves.</summary>
    public static Vector256<byte> Nibbles(ReadOnlySpan<byte> bytes)
    {
        Vector128<byte> pairs = Vector128.Create(bytes);
        return Vector256.Create(pairs & Vector128.Create((byte)15), pairs >> 4);
    }

    /// <summary>The low or the high halves of 32 bytes.</summary>
    public static Vector256<byte> Nibbles(ReadOnlySpan<byte> bytes, bool high)
    {
        Vector256<byte> pairs = Vector256.Create(bytes);
        return high ? pairs >> 4 : pairs & Vector256.Create((byte)15);
    }

    /// <summary>The fifth bits: 16 where the bit of the element's number is set.</summary>
    public static Vector256<byte> FifthBits(ReadOnlySpan<byte> word)
    {
        Vector256<byte> bytes = Vector256.Shuffle(Vector256.Create(BinaryPrimitives.ReadUInt32LittleEndian(word)).AsByte(), ByteOfBit);
        return Vector256.Equals(bytes & BitOfByte, BitOfByte) & Vector256.Create((byte)16);
    }

    /// <summary>values = scale * (levels - zero).</summary>
    /// <param name="levels">The integers.</param>
    /// <param name="zero">The level that means 0.</param>
    /// <param name="scale">The size of a step.</param>
    /// <param name="values">Receives 32 values.</param>
    public static void Scale(Vector256<byte> levels, sbyte zero, float scale, Span<float> values) => Scale(levels, zero, scale, scale, values);

    /// <summary>The same with a step of its own for each half of the 32.</summary>
    public static void Scale(Vector256<byte> levels, sbyte zero, float scale, float secondScale, Span<float> values) =>
        Scale(levels.AsSByte() - Vector256.Create(zero), scale, secondScale, values);

    /// <summary>values = scale * levels.</summary>
    public static void Scale(Vector256<sbyte> levels, float scale, Span<float> values) => Scale(levels, scale, scale, values);

    /// <summary>values = scale * levels + shift.</summary>
    public static void ScaleAndShift(Vector256<byte> levels, float scale, float shift, Span<float> values)
    {
        (Vector256<float> step, Vector256<float> addend) = (Vector256.Create(scale), Vector256.Create(shift));
        (Vector256<short> low, Vector256<short> high) = Vector256.Widen(levels.AsSByte());
        ((step * First(low)) + addend).CopyTo(values);
        ((step * Second(low)) + addend).CopyTo(values[8..]);
        ((step * First(high)) + addend).CopyTo(values[16..]);
        ((step * Second(high)) + addend).CopyTo(values[24..]);
    }

    private static void Scale(Vector256<sbyte> levels, float scale, float secondScale, Span<float> values)
    {
        (Vector256<float> step, Vector256<float> secondStep) = (Vector256.Create(scale), Vector256.Create(secondScale));
        (Vector256<short> low, Vector256<short> high) = Vector256.Widen(levels);
        (step * First(low)).CopyTo(values);
        (step * Second(low)).CopyTo(values[8..]);
        (secondStep * First(high)).CopyTo(values[16..]);
        (secondStep * Second(high)).CopyTo(values[24..]);
    }

    private static Vector256<float> First(Vector256<short> levels) => Vector256.ConvertToSingle(Vector256.WidenLower(levels));

    private static Vector256<float> Second(Vector256<short> levels) => Vector256.ConvertToSingle(Vector256.WidenUpper(levels));
}
