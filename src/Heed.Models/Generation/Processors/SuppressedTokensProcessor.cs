using System.Collections.Immutable;

namespace Heed.Models.Generation.Processors;

/// <summary>Rules tokens out, always or until the output has some length.</summary>
/// <remarks>Hugging Face's <c>SuppressTokensLogitsProcessor</c>, and for stop tokens its <c>MinNewTokensLengthLogitsProcessor</c>.</remarks>
/// <param name="tokens">The tokens.</param>
/// <param name="untilLength">The number of tokens of the output from which on they are allowed; null is never.</param>
public sealed class SuppressedTokensProcessor(ImmutableArray<int> tokens, int? untilLength = null) : LogitsProcessor
{
    /// <inheritdoc/>
    public override void Apply(Span<float> logits, WrittenTokens written)
    {
        if (written.Output.Length >= untilLength)
        {
            return;
        }

        foreach (int token in tokens)
        {
            logits[token] = float.NegativeInfinity;
        }
    }
}
