using System.Collections.Immutable;

namespace Heed.Models.Generation;

/// <summary>What a model wrote, in tokens.</summary>
/// <param name="PromptTokens">The number of tokens of the prompt.</param>
/// <param name="Tokens">The tokens of the output, the stop token included.</param>
/// <param name="FinishReason">Why it ended.</param>
/// <param name="LoopPeriod">The number of tokens after which the output repeats itself where it ended for a <see cref="FinishReason.Loop"/>; else null.</param>
public sealed record GeneratedSequence(int PromptTokens, ImmutableArray<GeneratedToken> Tokens, FinishReason FinishReason, int? LoopPeriod);
