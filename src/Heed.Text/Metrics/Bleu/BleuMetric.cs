using Heed.Text.Metrics.Tokenization;

namespace Heed.Text.Metrics.Bleu;

/// <summary>
/// BLEU: the share of word n-grams of the output that the references have too, with a penalty for short output.
/// </summary>
/// <remarks>
/// Papineni, Roukos, Ward and Zhu, "BLEU: a Method for Automatic Evaluation of Machine Translation" (2002), section 2.
/// <c>BLEU = BP * exp(mean over n of log p_n)</c>. Scores and print agree with sacreBLEU (Post, "A Call for Clarity in
/// Reporting BLEU Scores", 2018) to the printed digit.
/// </remarks>
public sealed class BleuMetric : CorpusMetric<BleuScore>
{
    // As many lines that end in ' .' make sacreBLEU warn.
    private const long ManyTokenizedLines = 100;

    private readonly BleuStatistics layout;

    /// <summary>Creates the metric; null means the default settings.</summary>
    public BleuMetric(BleuConfig? config = null)
    {
        Config = config ?? new BleuConfig();
        layout = new BleuStatistics(Config.MaxOrder);
    }

    /// <summary>The settings.</summary>
    public BleuConfig Config { get; }

    /// <inheritdoc/>
    public override string Name => "BLEU";

    /// <inheritdoc/>
    public override int StatisticsWidth => layout.Width;

    /// <inheritdoc/>
    protected override string Settings =>
        $"case:{(Config.Lowercase ? "lc" : "mixed")}|eff:{(Config.EffectiveOrder ? "yes" : "no")}"
        + $"|tok:{Config.Tokenizer.Name}|smooth:{Config.Smoothing.Signature}";

    /// <summary>Computes BLEU from counts that were made elsewhere.</summary>
    /// <param name="matches">For each order from 1, how many n-grams match.</param>
    /// <param name="totals">For each order from 1, how many n-grams the output has.</param>
    /// <param name="hypothesisLength">The words of the output.</param>
    /// <param name="referenceLength">The words of the references.</param>
    /// <exception cref="ArgumentException">There are not as many counts as the settings have orders.</exception>
    public BleuScore FromCounts(ReadOnlySpan<long> matches, ReadOnlySpan<long> totals, long hypothesisLength, long referenceLength)
    {
        if (matches.Length != Config.MaxOrder || totals.Length != Config.MaxOrder)
        {
            throw new ArgumentException(
                $"BLEU of order {Config.MaxOrder} needs {Config.MaxOrder} counts; there are {matches.Length} of matches and {totals.Length} of n-grams.",
                nameof(matches));
        }

        double[] precisions = new double[Config.MaxOrder];
        int orders = BleuFormula.Precisions(matches, totals, Config, precisions);
        double brevityPenalty = BleuFormula.BrevityPenalty(hypothesisLength, referenceLength);
        return new BleuScore(brevityPenalty * BleuFormula.GeometricMean(precisions.AsSpan(0, orders)))
        {
            Matches = matches.ToArray(),
            Totals = totals.ToArray(),
            Precisions = precisions,
            BrevityPenalty = brevityPenalty,
            HypothesisLength = hypothesisLength,
            ReferenceLength = referenceLength,
        };
    }

    /// <inheritdoc/>
    protected internal override SegmentMeter CreateMeter() => new BleuMeter(Config);

    /// <inheritdoc/>
    protected internal override BleuScore Combine(ReadOnlySpan<long> sums)
    {
        long tokenized = sums[BleuStatistics.TokenizedLines];
        bool doubtful = tokenized >= ManyTokenizedLines && !Config.Force && Config.Tokenizer != BleuTokenizer.None;
        BleuScore score = FromCounts(
            sums[layout.Matches], sums[layout.Totals], sums[BleuStatistics.HypothesisLength], sums[BleuStatistics.ReferenceLength]);
        return doubtful ? score with { TokenizedLines = tokenized } : score;
    }
}
