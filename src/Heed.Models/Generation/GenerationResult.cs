namespace Heed.Models.Generation;

/// <summary>What a model wrote.</summary>
/// <param name="Text">The continuation, without the prompt, the stop token and the stop string.</param>
/// <param name="Output">Its tokens, with their log-probabilities, and why it ended.</param>
/// <param name="StopString">The stop string that ended it, or null.</param>
/// <param name="Elapsed">How long the whole batch took, prompts included.</param>
public sealed record GenerationResult(string Text, GeneratedSequence Output, string? StopString, TimeSpan Elapsed)
{
    /// <summary>What beam search ranked the output by: see <see cref="GenerationOptions.LengthPenalty"/>; null where there was none.</summary>
    public double? Score { get; init; }

    /// <summary>Why the output ended.</summary>
    public FinishReason FinishReason => Output.FinishReason;

    /// <summary>New tokens of this output per second; 0 where no time passed.</summary>
    public double TokensPerSecond => Elapsed > TimeSpan.Zero ? Output.Tokens.Length / Elapsed.TotalSeconds : 0;
}
