using System.Collections.Immutable;

namespace Heed.Models.Generation.Processors;

/// <summary>Adds a number to the logits of single tokens.</summary>
/// <remarks>Hugging Face's <c>SequenceBiasLogitsProcessor</c> for sequences of one token; the <c>logit_bias</c> of OpenAI's interface.</remarks>
/// <param name="biases">What is added, by token.</param>
public sealed class LogitBiasProcessor(ImmutableSortedDictionary<int, double> biases) : LogitsProcessor
{
    /// <inheritdoc/>
    public override void Apply(Span<float> logits, WrittenTokens written)
    {
        foreach ((int token, double bias) in biases)
        {
            logits[token] += (float)bias;
        }
    }
}
