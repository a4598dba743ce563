namespace Heed.Models.Decoding;

/// <summary>Changes the scores of a hypothesis's next tokens: penalties, tokens that are ruled out.</summary>
/// <param name="logProbabilities">The natural logarithm of each token's probability, [vocabSize]; changed in place.</param>
/// <param name="output">What the hypothesis has written.</param>
internal delegate void ScoreAdjustment(Span<float> logProbabilities, ReadOnlySpan<int> output);
