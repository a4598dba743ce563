using System.Globalization;
using System.Numerics;

namespace Heed.Text.Metrics.PythonRules;

/// <summary>
/// Prints a number with a fixed count of decimals as Python's <c>f"{value:.2f}"</c> does: the exact binary value is
/// rounded, and an exact tie goes to the even digit. .NET rounds ties away from zero, so 6.25 would print as 6.3
/// where sacreBLEU prints 6.2.
/// </summary>
internal static class PythonFixedPoint
{
    private const int MantissaBits = 52;
    private const int ExponentBias = 1075;

    /// <summary>The decimal text of <paramref name="value"/> with <paramref name="decimals"/> digits after the point.</summary>
    public static string Format(double value, int decimals)
    {
        if (!double.IsFinite(value))
        {
            return value.ToString(CultureInfo.InvariantCulture);
        }

        string digits = Scaled(Math.Abs(value), decimals).ToString(CultureInfo.InvariantCulture).PadLeft(decimals + 1, '0');
        string sign = double.IsNegative(value) ? "-" : "";
        return decimals == 0 ? sign + digits : $"{sign}{digits[..^decimals]}.{digits[^decimals..]}";
    }

    /// <summary>The integer nearest to value * 10^decimals, ties to even.</summary>
    private static BigInteger Scaled(double value, int decimals)
    {
        long bits = BitConverter.DoubleToInt64Bits(value);
        int exponent = (int)(bits >> MantissaBits);
        long mantissa = bits & ((1L << MantissaBits) - 1);
        if (exponent == 0)
        {
            exponent = 1; // subnormal
        }
        else
        {
            mantissa |= 1L << MantissaBits;
        }

        BigInteger numerator = mantissa * BigInteger.Pow(10, decimals);
        int shift = exponent - ExponentBias;
        if (shift >= 0)
        {
            return numerator << shift;
        }

        BigInteger denominator = BigInteger.One << -shift;
        BigInteger quotient = BigInteger.DivRem(numerator, denominator, out BigInteger remainder);
        int comparison = (remainder * 2).CompareTo(denominator);
        bool up = comparison > 0 || (comparison == 0 && !quotient.IsEven);
        return up ? quotient + 1 : quotient;
    }
}
