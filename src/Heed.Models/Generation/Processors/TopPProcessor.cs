namespace Heed.Models.Generation.Processors;

/// <summary>Leaves the fewest likeliest tokens whose probabilities add up to p.</summary>
/// <remarks>
/// Holtzman et al. 2020, "The curious case of neural text degeneration", section 3.1; Hugging Face's <c>TopPLogitsWarper</c>: a token stays
/// if the likelier ones together have less than p.
/// </remarks>
/// <param name="p">The probability, above 0.</param>
public sealed class TopPProcessor(double p) : LogitsProcessor
{
    private readonly RankedTokens ranked = new();

    /// <inheritdoc/>
    public override void Apply(Span<float> logits, WrittenTokens written)
    {
        if (TokenSampler.Likeliest(logits) is { } likeliest)
        {
            float largest = logits[likeliest];
            ranked.Keep(logits, largest, Softmax.Sum(logits, largest), p, logit => -logit);
        }
    }
}
