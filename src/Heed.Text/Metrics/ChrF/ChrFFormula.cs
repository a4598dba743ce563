namespace Heed.Text.Metrics.ChrF;

/// <summary>Computes chrF from counts: for each order the n-grams of the hypothesis, of the reference, and those of both.</summary>
internal static class ChrFFormula
{
    private const double Epsilon = 1e-16;

    /// <summary>The score in percent.</summary>
    public static double Score(ReadOnlySpan<long> statistics, ChrFConfig config) =>
        config.EpsilonSmoothing ? MeanOfScores(statistics, config) : ScoreOfMeans(statistics, config);

    private static double MeanOfScores(ReadOnlySpan<long> statistics, ChrFConfig config)
    {
        double factor = config.Beta * config.Beta;
        double sum = 0;
        for (int i = 0; i < statistics.Length; i += 3)
        {
            double precision = statistics[i] > 0 ? (double)statistics[i + 2] / statistics[i] : Epsilon;
            double recall = statistics[i + 1] > 0 ? (double)statistics[i + 2] / statistics[i + 1] : Epsilon;
            double denominator = (factor * precision) + recall;
            sum += denominator > 0 ? (1 + factor) * precision * recall / denominator : Epsilon;
        }

        return 100 * sum / (statistics.Length / 3);
    }

    private static double ScoreOfMeans(ReadOnlySpan<long> statistics, ChrFConfig config)
    {
        double factor = config.Beta * config.Beta;
        double precision = 0, recall = 0;
        int orders = 0;
        for (int i = 0; i < statistics.Length; i += 3)
        {
            if (statistics[i] == 0 || statistics[i + 1] == 0)
            {
                continue;
            }

            precision += (double)statistics[i + 2] / statistics[i];
            recall += (double)statistics[i + 2] / statistics[i + 1];
            orders++;
        }

        if (precision + recall == 0)
        {
            return 0;
        }

        precision /= orders;
        recall /= orders;
        return 100 * ((1 + factor) * precision * recall / ((factor * precision) + recall));
    }
}
