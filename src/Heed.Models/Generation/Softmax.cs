namespace Heed.Models.Generation;

/// <summary>The softmax of a row of logits in double precision, one weight at a time.</summary>
internal static class Softmax
{
    /// <summary>A token's share before division by the <see cref="Sum"/>: <c>exp(logit - largest)</c>.</summary>
    public static double Weight(float logit, float largest) => float.IsNegativeInfinity(logit) ? 0 : Math.Exp((double)logit - largest);

    /// <summary>What weights are divided by. Added up in the order of the tokens, so equal rows give equal bits.</summary>
    public static double Sum(ReadOnlySpan<float> logits, float largest)
    {
        double sum = 0;
        foreach (float logit in logits)
        {
            sum += Weight(logit, largest);
        }

        return sum;
    }
}
