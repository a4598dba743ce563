namespace Heed.Models.Generation;

/// <summary>A token and how likely the model thinks it.</summary>
/// <param name="Token">The token.</param>
/// <param name="LogProbability">The natural logarithm of its probability under the model itself, before any option changes the logits.</param>
public readonly record struct TokenProbability(int Token, double LogProbability);
