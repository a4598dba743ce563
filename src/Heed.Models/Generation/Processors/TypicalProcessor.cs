namespace Heed.Models.Generation.Processors;

/// <summary>Leaves the tokens whose surprise is nearest to the expected surprise, until their probabilities add up to a mass.</summary>
/// <remarks>
/// Meister et al. 2022, "Locally typical sampling", section 4: order by |-log p(token) - entropy|. Hugging Face's
/// <c>TypicalLogitsWarper</c>, but for one case: of tokens that are exactly equally typical it keeps all or none, here the lower ids come first.
/// </remarks>
/// <param name="mass">The probability, above 0.</param>
public sealed class TypicalProcessor(double mass) : LogitsProcessor
{
    private readonly RankedTokens ranked = new();

    /// <inheritdoc/>
    public override void Apply(Span<float> logits, WrittenTokens written)
    {
        if (TokenSampler.Likeliest(logits) is not { } likeliest)
        {
            return;
        }

        float largest = logits[likeliest];
        double sum = Softmax.Sum(logits, largest);
        double logSum = largest + Math.Log(sum);
        double entropy = 0;
        foreach (float logit in logits)
        {
            if (!float.IsNegativeInfinity(logit))
            {
                entropy += Softmax.Weight(logit, largest) / sum * (logSum - logit);
            }
        }

        ranked.Keep(logits, largest, sum, mass, logit => Math.Abs(logSum - logit - entropy));
    }
}
