namespace Heed.Text.Tokenizers.Unigram;

/// <summary>The derivative of the logarithm of the gamma function.</summary>
internal static class Digamma
{
    /// <summary>Digamma of a positive number.</summary>
    /// <remarks>Abramowitz and Stegun 1964, 6.3.5 (recurrence up to 10) and 6.3.18 (asymptotic series).</remarks>
    public static double Of(double x)
    {
        double sum = 0;
        for (; x < 10; x++)
        {
            sum -= 1 / x;
        }

        double inverseSquare = 1 / (x * x);
        double series = inverseSquare * ((1.0 / 12) - (inverseSquare * ((1.0 / 120) - (inverseSquare * ((1.0 / 252) - (inverseSquare * ((1.0 / 240) - (inverseSquare / 132))))))));
        return sum + Math.Log(x) - (0.5 / x) - series;
    }
}
