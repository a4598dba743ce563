namespace Heed.Models.Decoding;

/// <summary>A hypothesis that beam search goes on extending.</summary>
/// <param name="Node">Its prefix in the <see cref="HypothesisTree"/>.</param>
/// <param name="LogProbability">The log-probability of the prefix.</param>
/// <param name="Parent">The place in the sentence's beam, one step ago, of the hypothesis that it continues.</param>
/// <param name="Token">The token that it added.</param>
internal readonly record struct LiveHypothesis(int Node, double LogProbability, int Parent, int Token);
