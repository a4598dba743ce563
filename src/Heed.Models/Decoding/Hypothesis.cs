using System.Collections.Immutable;

namespace Heed.Models.Decoding;

/// <summary>One output that a search found.</summary>
/// <param name="Tokens">The tokens, without the start token; the last is the end token where <paramref name="IsFinished"/>.</param>
/// <param name="TokenLogProbabilities">The natural logarithm of each token's probability, given those before it.</param>
/// <param name="LogProbability">Their sum.</param>
/// <param name="Score">What hypotheses of one sentence are ranked by: see <see cref="DecodingOptions.Score"/>.</param>
/// <param name="IsFinished">Whether the model ended the output; false where it was cut at the length cap.</param>
public sealed record Hypothesis(
    ImmutableArray<int> Tokens, ImmutableArray<double> TokenLogProbabilities, double LogProbability, double Score, bool IsFinished)
{
    /// <summary>The tokens that stand for text: without the end token.</summary>
    public ReadOnlySpan<int> TextTokens => IsFinished ? Tokens.AsSpan()[..^1] : Tokens.AsSpan();
}
