namespace Heed.Text.Metrics.Bleu;

/// <summary>Computes BLEU from counts.</summary>
internal static class BleuFormula
{
    // What sacreBLEU takes for log 0; one such order makes the score 0.
    private const double LogOfZero = -9999999999;

    /// <summary>The factor for output that is shorter than its references.</summary>
    public static double BrevityPenalty(long hypothesisLength, long referenceLength)
    {
        if (hypothesisLength >= referenceLength)
        {
            return 1;
        }

        return hypothesisLength > 0 ? Math.Exp(1 - ((double)referenceLength / hypothesisLength)) : 0;
    }

    /// <summary>
    /// Fills in the smoothed precisions in percent, and returns how many orders count. Without any match all of them
    /// are 0, whatever the smoothing.
    /// </summary>
    public static int Precisions(ReadOnlySpan<long> matches, ReadOnlySpan<long> totals, BleuConfig config, Span<double> precisions)
    {
        precisions.Clear();
        int orders = precisions.Length;
        if (matches.IndexOfAnyExcept(0) < 0)
        {
            return orders;
        }

        int unmatched = 0;
        for (int i = 0; i < precisions.Length; i++)
        {
            double added = i > 0 ? config.Smoothing.AddedCount : 0;
            double match = matches[i] + added, total = totals[i] + added;
            if (total == 0)
            {
                break;
            }

            if (config.EffectiveOrder)
            {
                orders = i + 1;
            }

            precisions[i] = 100 * (match > 0 ? match : config.Smoothing.MatchesOfUnmatched(++unmatched)) / total;
        }

        return orders;
    }

    /// <summary>The geometric mean of the precisions.</summary>
    public static double GeometricMean(ReadOnlySpan<double> precisions)
    {
        double sum = 0;
        foreach (double precision in precisions)
        {
            sum += precision == 0 ? LogOfZero : Math.Log(precision);
        }

        return Math.Exp(sum / precisions.Length);
    }
}
