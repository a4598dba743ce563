namespace Heed.Models.Generation.Processors;

/// <summary>Makes tokens of the output less likely: by a number for each time it has them, and by one for having them at all.</summary>
/// <remarks><c>logit -= count * frequency + (count > 0) * presence</c>: OpenAI's definition, which vLLM shares. Hugging Face has none. The prompt is not looked at.</remarks>
/// <param name="frequency">The penalty for each time.</param>
/// <param name="presence">The penalty for once or more.</param>
public sealed class CountPenaltyProcessor(double frequency, double presence) : LogitsProcessor
{
    private readonly Dictionary<int, int> counts = [];

    /// <inheritdoc/>
    public override void Apply(Span<float> logits, WrittenTokens written)
    {
        counts.Clear();
        foreach (int token in written.Output)
        {
            counts[token] = counts.GetValueOrDefault(token) + 1;
        }

        foreach ((int token, int count) in counts)
        {
            logits[token] -= (float)((count * frequency) + presence);
        }
    }
}
