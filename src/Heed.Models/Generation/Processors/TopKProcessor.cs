using Heed.Models.Decoding;

namespace Heed.Models.Generation.Processors;

/// <summary>Leaves the k likeliest tokens, and those as likely as the last of them.</summary>
/// <remarks>Fan et al. 2018, "Hierarchical neural story generation", section 5.4; Hugging Face's <c>TopKLogitsWarper</c>.</remarks>
/// <param name="k">How many, at least 1.</param>
public sealed class TopKProcessor(int k) : LogitsProcessor
{
    private int[] positions = [];

    /// <inheritdoc/>
    public override void Apply(Span<float> logits, WrittenTokens written)
    {
        if (k >= logits.Length)
        {
            return;
        }

        if (positions.Length == 0)
        {
            positions = new int[k];
        }

        int found = TopK.Select(logits, positions);
        float least = found < k ? float.NegativeInfinity : logits[positions[^1]];
        foreach (ref float logit in logits)
        {
            logit = logit < least ? float.NegativeInfinity : logit;
        }
    }
}
