namespace Heed.Models.Decoding;

/// <summary>The most likely next tokens of one hypothesis, found in its row of logits. The buffers are used again for every row.</summary>
internal sealed class NextTokens
{
    private readonly GenerationTokens special;
    private readonly int[] found;
    private readonly int[] tokens;
    private readonly double[] logProbabilities;
    private float[] adjusted = [];
    private int count;

    /// <param name="special">Which tokens are never written.</param>
    /// <param name="wanted">How many tokens are wanted.</param>
    public NextTokens(GenerationTokens special, int wanted)
    {
        this.special = special;
        found = new int[wanted + special.NeverWritten.Length + 1 + special.OtherEndIds.Length]; // end tokens may be barred too
        tokens = new int[wanted];
        logProbabilities = new double[wanted];
    }

    /// <summary>The tokens, most likely first; the lower id first among equals.</summary>
    public ReadOnlySpan<int> Tokens => tokens.AsSpan(0, count);

    /// <summary>The natural logarithm of each token's probability.</summary>
    public ReadOnlySpan<double> LogProbabilities => logProbabilities.AsSpan(0, count);

    /// <summary>Reads a row for a place in the output, which may leave no choice.</summary>
    /// <param name="logits">The row, [vocabSize].</param>
    /// <param name="place">How many tokens the output has already.</param>
    /// <param name="maxLength">The length at which it is cut.</param>
    /// <param name="minLength">The length from which on it may end.</param>
    /// <param name="adjust">Changes the log-probabilities before tokens are chosen; null leaves them.</param>
    /// <param name="output">What the hypothesis has written, for the adjustment.</param>
    /// <exception cref="NotFiniteNumberException">The row is no distribution: see <see cref="LogSumExp"/>.</exception>
    public void Read(ReadOnlySpan<float> logits, int place, int maxLength, int minLength, ScoreAdjustment? adjust = null, ReadOnlySpan<int> output = default)
    {
        int? forced = place == maxLength - 1 && special.ForcedLastId is not null ? special.ForcedLastId : place == 0 ? special.ForcedFirstId : null;
        if (forced is { } token)
        {
            (tokens[0], logProbabilities[0], count) = (token, 0, 1);
        }
        else if (adjust is null)
        {
            Read(logits, mayEnd: place >= minLength);
        }
        else
        {
            ReadAdjusted(logits, mayEnd: place >= minLength, adjust, output);
        }
    }

    /// <summary>Reads a row. Tokens of probability zero are left out.</summary>
    /// <param name="logits">The row, [vocabSize].</param>
    /// <param name="mayEnd">Whether the end token is allowed.</param>
    /// <exception cref="NotFiniteNumberException">The row is no distribution: see <see cref="LogSumExp"/>.</exception>
    public void Read(ReadOnlySpan<float> logits, bool mayEnd)
    {
        int candidates = TopK.Select(logits, found);
        double logSum = LogSumExp.Compute(logits, candidates == 0 ? float.NaN : logits[found[0]]);
        Keep(logits, candidates, mayEnd, logSum, highest: 0); // rounding may carry a certain token above 0
    }

    // What an adjustment changes is not shared out again among the other tokens, as in Hugging Face's beam search.
    private void ReadAdjusted(ReadOnlySpan<float> logits, bool mayEnd, ScoreAdjustment adjust, ReadOnlySpan<int> output)
    {
        adjusted = adjusted.Length == logits.Length ? adjusted : new float[logits.Length];
        double logSum = LogSumExp.Compute(logits);
        for (int token = 0; token < logits.Length; token++)
        {
            adjusted[token] = (float)(logits[token] - logSum);
        }

        adjust(adjusted, output);
        Keep(adjusted, TopK.Select(adjusted, found), mayEnd, logSum: 0, highest: double.PositiveInfinity);
    }

    private void Keep(ReadOnlySpan<float> scores, int candidates, bool mayEnd, double logSum, double highest)
    {
        count = 0;
        for (int i = 0; i < candidates && count < tokens.Length; i++)
        {
            int token = found[i];
            if (float.IsNegativeInfinity(scores[token]))
            {
                break;
            }

            if (!special.NeverWritten.Contains(token) && (mayEnd || !special.Ends(token)))
            {
                tokens[count] = token;
                logProbabilities[count++] = Math.Min(highest, scores[token] - logSum);
            }
        }
    }
}
