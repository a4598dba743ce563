namespace Heed.Models.Generation.Processors;

/// <summary>Leaves the tokens that are at least p times as likely as the likeliest.</summary>
/// <remarks>Nguyen et al. 2024, "Turning up the heat: min-p sampling", section 3; Hugging Face's <c>MinPLogitsWarper</c>.</remarks>
/// <param name="p">The share, from 0 to 1.</param>
public sealed class MinPProcessor(double p) : LogitsProcessor
{
    /// <inheritdoc/>
    public override void Apply(Span<float> logits, WrittenTokens written)
    {
        if (TokenSampler.Likeliest(logits) is not { } likeliest)
        {
            return;
        }

        float largest = logits[likeliest];
        foreach (ref float logit in logits)
        {
            logit = Softmax.Weight(logit, largest) < p ? float.NegativeInfinity : logit;
        }
    }
}
