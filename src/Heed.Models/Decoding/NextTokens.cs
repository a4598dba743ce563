namespace Heed.Models.Decoding;

/// <summary>The most likely next tokens of one hypothesis, found in its row of logits. The buffers are used again for every row.</summary>
internal sealed class NextTokens
{
    private readonly GenerationTokens special;
    private readonly int[] found;
    private readonly int[] tokens;
    private readonly double[] logProbabilities;
    private int count;

    /// <param name="special">Which tokens are never written.</param>
    /// <param name="wanted">How many tokens are wanted.</param>
    public NextTokens(GenerationTokens special, int wanted)
    {
        this.special = special;
        found = new int[wanted + special.NeverWritten.Length + 1]; // the end token may be barred too
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
    /// <exception cref="NotFiniteNumberException">The row is no distribution: see <see cref="LogSumExp"/>.</exception>
    public void Read(ReadOnlySpan<float> logits, int place, int maxLength, int minLength)
    {
        int? forced = place == maxLength - 1 && special.ForcedLastId is not null ? special.ForcedLastId : place == 0 ? special.ForcedFirstId : null;
        if (forced is { } token)
        {
            (tokens[0], logProbabilities[0], count) = (token, 0, 1);
        }
        else
        {
            Read(logits, mayEnd: place >= minLength);
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
        count = 0;
        for (int i = 0; i < candidates && count < tokens.Length; i++)
        {
            int token = found[i];
            if (float.IsNegativeInfinity(logits[token]))
            {
                break;
            }

            if (!special.NeverWritten.Contains(token) && (mayEnd || token != special.EndId))
            {
                tokens[count] = token;
                logProbabilities[count++] = Math.Min(0, logits[token] - logSum); // rounding may carry a certain token above 0
            }
        }
    }
}
