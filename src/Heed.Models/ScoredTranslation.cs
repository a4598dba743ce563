using System.Collections.Immutable;

namespace Heed.Models;

/// <summary>How likely a model finds a given translation.</summary>
/// <param name="LineNumber">The pair's place in the input; the first is 1.</param>
/// <param name="Source">The source line.</param>
/// <param name="Target">The translation that was given.</param>
/// <param name="Tokens">The tokens of the translation, and the end token.</param>
/// <param name="TokenLogProbabilities">The natural logarithm of each token's probability, given the source and the tokens before it.</param>
/// <param name="Warning">What the reader of the score should know, in one sentence that names the line, or null.</param>
public sealed record ScoredTranslation(
    long LineNumber, string Source, string Target, ImmutableArray<int> Tokens, ImmutableArray<double> TokenLogProbabilities, string? Warning)
{
    /// <summary>The natural logarithm of the probability of the whole translation: the sum over its tokens, from the first to the last.</summary>
    public double LogProbability { get; } = TokenLogProbabilities.Aggregate(0.0, (sum, value) => sum + value);

    /// <summary>exp(-mean log-probability of a token): 1 for a translation that the model was sure of.</summary>
    public double Perplexity => Math.Exp(-LogProbability / Tokens.Length);
}
