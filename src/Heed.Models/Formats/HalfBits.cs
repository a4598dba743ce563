using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Heed.Models.Formats;

/// <summary>Converts between 32-bit floats and IEEE 754 half precision.</summary>
internal static class HalfBits
{
    // What the exponent of a float is biased by more than a half's: 2^(127 - 15).
    private const float Rebias = 5.192296858534828e33f;

    /// <summary>Widens: exact.</summary>
    /// <remarks>Exponent and fraction, moved to their places in a float, are the number times 2^-112; the product with 2^112 is exact, also for subnormal halves.</remarks>
    public static void ToSingle(ReadOnlySpan<Half> source, Span<float> destination)
    {
        ReadOnlySpan<ushort> bits = MemoryMarshal.Cast<Half, ushort>(source);
        int i = 0;
        for (; i <= bits.Length - Vector256<ushort>.Count; i += Vector256<ushort>.Count)
        {
            (Vector256<uint> low, Vector256<uint> high) = Vector256.Widen(Vector256.Create(bits[i..]));
            ToSingle(low).CopyTo(destination[i..]);
            ToSingle(high).CopyTo(destination[(i + Vector256<uint>.Count)..]);
        }

        for (; i < bits.Length; i++)
        {
            destination[i] = (float)source[i];
        }
    }

    /// <summary>Rounds to nearest, ties to even.</summary>
    /// <param name="tensor">The tensor's name, for the error.</param>
    /// <param name="value">The number.</param>
    /// <exception cref="OverflowException">A finite value is too large.</exception>
    public static Half FromSingle(string tensor, float value)
    {
        var half = (Half)value;
        return Half.IsInfinity(half) && float.IsFinite(value)
            ? throw new OverflowException($"tensor {Display.Quote(tensor)} holds {value}, too large for F16 (at most {Half.MaxValue}); store it as BF16 or F32")
            : half;
    }

    private static Vector256<float> ToSingle(Vector256<uint> half)
    {
        Vector256<uint> size = half & Vector256.Create(0x7FFFu);
        Vector256<uint> finite = ((size << 13).AsSingle() * Vector256.Create(Rebias)).AsUInt32();
        // Infinities and NaNs have the largest exponent, and so they must in a float; a quiet NaN stays quiet, a signalling one becomes so.
        Vector256<uint> special = (size << 13) | Vector256.Create(0x7F800000u) | (Vector256.GreaterThan(size, Vector256.Create(0x7C00u)) & Vector256.Create(0x00400000u));
        Vector256<uint> isSpecial = Vector256.GreaterThanOrEqual(size, Vector256.Create(0x7C00u));
        return (Vector256.ConditionalSelect(isSpecial, special, finite) | ((half & Vector256.Create(0x8000u)) << 16)).AsSingle();
    }
}
