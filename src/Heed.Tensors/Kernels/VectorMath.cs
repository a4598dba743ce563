using System.Runtime.CompilerServices;
using Heed.Tensors.Simd;

namespace Heed.Tensors.Kernels;

/// <summary>Elementary functions of whole vectors. A lane's result depends on that lane alone.</summary>
/// <remarks>
/// Each function reduces its argument to a short interval and evaluates a polynomial there. The coefficients minimise the
/// largest relative error on the interval (Remez's exchange algorithm, computed with 50 digits and then rounded).
/// The bounds on the results' errors are those that the tests measure, in units in the last place.
/// </remarks>
/// <typeparam name="TVector">The vector width.</typeparam>
internal static class VectorMath<TVector>
    where TVector : unmanaged, ISimd<TVector>
{
    // ln 2 in two parts; the first has so few bits that its product with an exponent is exact.
    private const float LogTwoHigh = 0.693145752f;
    private const float LogTwoLow = 1.42860677e-6f;
    private const float LogTwoInverse = 1.44269504f;

    /// <summary>e^x: 0 for minus infinity, infinity above 88.7, NaN for NaN; subnormal results included.</summary>
    /// <remarks>x = n ln 2 + r with |r| at most ln 2 / 2; e^r by a polynomial of degree 6.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Exp(TVector x)
    {
        x = TVector.Min(TVector.Broadcast(89f), TVector.Max(TVector.Broadcast(-104f), x));
        TVector n = TVector.Round(x * TVector.Broadcast(LogTwoInverse));
        TVector r = Remainder(x, n);
        var p = TVector.Broadcast(0.0013814437f);
        p = TVector.MultiplyAdd(p, r, TVector.Broadcast(0.008368797f));
        p = TVector.MultiplyAdd(p, r, TVector.Broadcast(0.041668396f));
        p = TVector.MultiplyAdd(p, r, TVector.Broadcast(0.1666652f));
        p = TVector.MultiplyAdd(p, r, TVector.Broadcast(0.49999994f));
        p = TVector.MultiplyAdd(p, r, TVector.Broadcast(1f));
        p = TVector.MultiplyAdd(p, r, TVector.Broadcast(1f));
        return TVector.Scale(p, n);
    }

    /// <summary>The natural logarithm: minus infinity for 0, NaN below, infinity for infinity.</summary>
    /// <remarks>x = 2^e m with m between sqrt(1/2) and sqrt(2); log(m) = f - f^2/2 + f^3 P(f) with f = m - 1.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Log(TVector x)
    {
        var zero = TVector.Broadcast(0f);
        var one = TVector.Broadcast(1f);
        TVector subnormal = TVector.LessThan(x, TVector.Broadcast(1.17549435e-38f));
        TVector mantissa = TVector.Mantissa(TVector.Select(subnormal, x * TVector.Broadcast(1 << 23), x), out TVector exponent);
        TVector high = TVector.LessThan(TVector.Broadcast(1.41421356f), mantissa);
        mantissa = TVector.Select(high, mantissa * TVector.Broadcast(0.5f), mantissa);
        exponent = exponent - (subnormal & TVector.Broadcast(23f)) + (high & one);

        TVector f = mantissa - one;
        var p = TVector.Broadcast(-0.07634648f);
        p = TVector.MultiplyAdd(p, f, TVector.Broadcast(0.12761661f));
        p = TVector.MultiplyAdd(p, f, TVector.Broadcast(-0.1316016f));
        p = TVector.MultiplyAdd(p, f, TVector.Broadcast(0.14201744f));
        p = TVector.MultiplyAdd(p, f, TVector.Broadcast(-0.16623358f));
        p = TVector.MultiplyAdd(p, f, TVector.Broadcast(0.20001228f));
        p = TVector.MultiplyAdd(p, f, TVector.Broadcast(-0.2500082f));
        p = TVector.MultiplyAdd(p, f, TVector.Broadcast(0.3333333f));
        TVector square = f * f;
        TVector small = TVector.MultiplyAdd(exponent, TVector.Broadcast(LogTwoLow), square * f * p);
        small = TVector.MultiplyAdd(square, TVector.Broadcast(-0.5f), small);
        TVector result = TVector.MultiplyAdd(exponent, TVector.Broadcast(LogTwoHigh), f + small);

        TVector outside = TVector.Select(TVector.LessThan(x, zero), TVector.Broadcast(float.NaN), TVector.Broadcast(float.NegativeInfinity));
        result = TVector.Select(TVector.LessThan(zero, x), result, outside);
        return TVector.Select(TVector.LessThan(x, TVector.Broadcast(float.PositiveInfinity)), result, x);
    }

    /// <summary>The hyperbolic tangent.</summary>
    /// <remarks>tanh |x| = d / (d + 2) with d = e^(2|x|) - 1, which is computed without cancellation.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Tanh(TVector x)
    {
        var one = TVector.Broadcast(1f);
        TVector magnitude = TVector.Min(TVector.Broadcast(10f), TVector.Abs(x)); // tanh(10) rounds to 1
        TVector twice = magnitude + magnitude;
        TVector n = TVector.Round(twice * TVector.Broadcast(LogTwoInverse));
        TVector r = Remainder(twice, n);
        var p = TVector.Broadcast(0.0013882505f);
        p = TVector.MultiplyAdd(p, r, TVector.Broadcast(0.008366596f));
        p = TVector.MultiplyAdd(p, r, TVector.Broadcast(0.0416672f));
        p = TVector.MultiplyAdd(p, r, TVector.Broadcast(0.16666543f));
        p = TVector.MultiplyAdd(p, r, TVector.Broadcast(0.49999997f));
        p = TVector.MultiplyAdd(p, r * r, r); // e^r - 1
        TVector power = TVector.PowerOfTwo(n);
        TVector d = TVector.MultiplyAdd(power, p, power - one);
        return (d / (d + TVector.Broadcast(2f))) | (x & TVector.Broadcast(-0f));
    }

    /// <summary>sigmoid(x) = 1 / (1 + e^-x), as accurate for large negative x, where it is small, as elsewhere.</summary>
    /// <param name="x">Where.</param>
    /// <param name="slope">The derivative sigmoid(x) sigmoid(-x), computed without the difference from 1.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Sigmoid(TVector x, out TVector slope)
    {
        var one = TVector.Broadcast(1f);
        TVector e = Exp(x | TVector.Broadcast(-0f)); // e^-|x|
        TVector larger = one / (one + e); // sigmoid(|x|)
        TVector smaller = e * larger;
        slope = larger * smaller;
        return TVector.Select(TVector.LessThan(x, TVector.Broadcast(0f)), smaller, larger);
    }

    /// <summary>The standard normal distribution function Phi(x) = (1 + erf(x / sqrt(2))) / 2, and its density.</summary>
    /// <remarks>
    /// Phi(-|x|) = e^(-x^2/2) u P(u) with u = 1 / (1 + 0.24 |x|) and P of degree 9: the small tail is computed directly
    /// instead of as a difference from 1.
    /// </remarks>
    /// <param name="x">Where.</param>
    /// <param name="density">e^(-x^2/2) / sqrt(2 pi).</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector NormalCdf(TVector x, out TVector density)
    {
        var one = TVector.Broadcast(1f);
        TVector e = Exp(x * x * TVector.Broadcast(-0.5f));
        TVector u = one / TVector.MultiplyAdd(TVector.Abs(x), TVector.Broadcast(0.24f), one);
        var p = TVector.Broadcast(0.025550194f);
        p = TVector.MultiplyAdd(p, u, TVector.Broadcast(-0.1247734f));
        p = TVector.MultiplyAdd(p, u, TVector.Broadcast(0.2058139f));
        p = TVector.MultiplyAdd(p, u, TVector.Broadcast(-0.14473732f));
        p = TVector.MultiplyAdd(p, u, TVector.Broadcast(0.14185968f));
        p = TVector.MultiplyAdd(p, u, TVector.Broadcast(0.02792282f));
        p = TVector.MultiplyAdd(p, u, TVector.Broadcast(0.087847784f));
        p = TVector.MultiplyAdd(p, u, TVector.Broadcast(0.08891453f));
        p = TVector.MultiplyAdd(p, u, TVector.Broadcast(0.09585989f));
        p = TVector.MultiplyAdd(p, u, TVector.Broadcast(0.09574192f));
        TVector tail = e * u * p;
        density = e * TVector.Broadcast(0.3989422804f);
        return TVector.Select(TVector.LessThan(x, TVector.Broadcast(0f)), tail, one - tail);
    }

    /// <summary>The sine and the cosine of an angle that <see cref="QuarterTurns"/> took apart.</summary>
    /// <remarks>sin r = r + r^3 P(r^2) and cos r = 1 - r^2 / 2 + r^4 Q(r^2), with P and Q of degree 2; quarter turns exchange them and turn signs.</remarks>
    /// <param name="rest">From -pi/4 to pi/4.</param>
    /// <param name="turns">Quarter turns: 0, 1, 2 or 3.</param>
    /// <param name="cosine">The cosine.</param>
    /// <returns>The sine.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector SinCos(TVector rest, TVector turns, out TVector cosine)
    {
        TVector square = rest * rest;
        var p = TVector.Broadcast(-0.00019515282f);
        p = TVector.MultiplyAdd(p, square, TVector.Broadcast(0.0083321603f));
        p = TVector.MultiplyAdd(p, square, TVector.Broadcast(-0.16666655f));
        TVector sineOfRest = TVector.MultiplyAdd(p, square * rest, rest);
        var q = TVector.Broadcast(2.4433157e-5f);
        q = TVector.MultiplyAdd(q, square, TVector.Broadcast(-0.0013887316f));
        q = TVector.MultiplyAdd(q, square, TVector.Broadcast(0.041666646f));
        TVector cosineOfRest = TVector.MultiplyAdd(q, square * square, TVector.MultiplyAdd(square, TVector.Broadcast(-0.5f), TVector.Broadcast(1f)));

        // Quarter turns:  0  1  2  3
        //   sine:         s  c -s -c
        //   cosine:       c -s -c  s
        var half = TVector.Broadcast(0.5f);
        var minus = TVector.Broadcast(-1f);
        var one = TVector.Broadcast(1f);
        TVector fromTwo = TVector.Abs(turns - TVector.Broadcast(2f)); // 2, 1, 0, 1
        TVector odd = TVector.LessThan(TVector.Abs(fromTwo - one), half);
        TVector sine = TVector.Select(odd, cosineOfRest, sineOfRest);
        cosine = TVector.Select(odd, sineOfRest, cosineOfRest) * TVector.Select(TVector.LessThan(TVector.Abs(turns - TVector.Broadcast(1.5f)), one), minus, one);
        return sine * TVector.Select(TVector.LessThan(TVector.Broadcast(1.5f), turns), minus, one);
    }

    // x - n ln 2.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Remainder(TVector x, TVector n) =>
        TVector.MultiplyAdd(n, TVector.Broadcast(-LogTwoLow), TVector.MultiplyAdd(n, TVector.Broadcast(-LogTwoHigh), x));
}
