using System.Collections.Immutable;

namespace Heed.Models.Generation;

/// <summary>One token of an output.</summary>
/// <param name="Token">The token.</param>
/// <param name="LogProbability">The natural logarithm of its probability under the model itself, before any option changes the logits.</param>
/// <param name="Alternatives">The likeliest tokens of its place, likeliest first: <see cref="GenerationOptions.TopLogProbabilities"/> of them.</param>
public sealed record GeneratedToken(int Token, double LogProbability, ImmutableArray<TokenProbability> Alternatives);
