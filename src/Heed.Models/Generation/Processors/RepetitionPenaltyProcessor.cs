namespace Heed.Models.Generation.Processors;

/// <summary>Makes every token of prompt and output less likely: divides its logit if positive, multiplies it if negative.</summary>
/// <remarks>Keskar et al. 2019, "CTRL", section 4.1, with the mend for negative logits that Hugging Face's <c>RepetitionPenaltyLogitsProcessor</c> has.</remarks>
/// <param name="penalty">The factor; more than 1 penalises, less rewards.</param>
public sealed class RepetitionPenaltyProcessor(double penalty) : LogitsProcessor
{
    private readonly HashSet<int> seen = [];

    /// <inheritdoc/>
    public override void Apply(Span<float> logits, WrittenTokens written)
    {
        seen.Clear();
        foreach (int token in written.All)
        {
            if (seen.Add(token))
            {
                logits[token] = logits[token] < 0 ? logits[token] * (float)penalty : logits[token] / (float)penalty;
            }
        }
    }
}
