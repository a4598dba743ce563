namespace Heed.Models.Formats;

/// <summary>Narrows floats to IEEE 754 half precision.</summary>
internal static class HalfBits
{
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
}
