namespace Heed.Tensors.Kernels;

/// <summary>Takes an angle apart into quarter turns and what is left, for <see cref="VectorMath{TVector}.SinCos"/>.</summary>
/// <remarks>
/// The position of a token times a frequency is a large angle, whose sine in single precision would be that of another angle. So the turns are
/// taken off in double precision, with pi / 2 in two parts (Cody and Waite 1980), and only the rest is rounded to a float.
/// </remarks>
internal static class QuarterTurns
{
    private const double QuarterTurn = 1.5707963267948966;
    private const double QuarterTurnLow = 6.123233995736766e-17; // pi / 2 minus the above

    // Up to here the number of turns times either part loses nothing that a float would show.
    private const double Farthest = 1L << 40;

    /// <summary>The angle as quarter turns and a rest.</summary>
    /// <param name="angle">In radians; finite.</param>
    /// <returns>The rest, from -pi/4 to pi/4, and the quarter turns modulo four: 0, 1, 2 or 3.</returns>
    public static (float Remainder, float Turns) Of(double angle)
    {
        if (Math.Abs(angle) > Farthest)
        {
            angle = Math.Atan2(Math.Sin(angle), Math.Cos(angle));
        }

        double turns = Math.Round(angle / QuarterTurn);
        double rest = Math.FusedMultiplyAdd(turns, -QuarterTurnLow, Math.FusedMultiplyAdd(turns, -QuarterTurn, angle));
        return ((float)rest, (long)turns & 3);
    }
}
