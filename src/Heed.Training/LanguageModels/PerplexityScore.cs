using Heed.Text.Metrics;

namespace Heed.Training.LanguageModels;

/// <summary>How many tokens a model hesitates between, exp(loss), with the loss and, where every token is foretold, what it is per byte and per character.</summary>
/// <param name="Loss">Nats per token.</param>
/// <param name="BitsPerByte">The loss of the whole text in bits, for each byte of it in UTF-8.</param>
/// <param name="BitsPerCharacter">The same for each character.</param>
public sealed record PerplexityScore(double Loss, double? BitsPerByte = null, double? BitsPerCharacter = null) : MetricScore("perplexity", Math.Exp(Loss))
{
    /// <inheritdoc/>
    public override string Details => BitsPerByte is null
        ? FormattableString.Invariant($"(loss {Loss:F4} nats per token)")
        : FormattableString.Invariant($"(loss {Loss:F4} nats per token, {BitsPerByte:F4} bits per byte, {BitsPerCharacter:F4} bits per character)");
}
