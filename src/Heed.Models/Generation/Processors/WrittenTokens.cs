namespace Heed.Models.Generation.Processors;

/// <summary>What is known when the next token of an output is chosen.</summary>
/// <param name="all">The prompt's tokens and the output's.</param>
/// <param name="promptLength">How many of them are the prompt's.</param>
public readonly ref struct WrittenTokens(ReadOnlySpan<int> all, int promptLength)
{
    /// <summary>The prompt's tokens and the output's.</summary>
    public ReadOnlySpan<int> All { get; } = all;

    /// <summary>The output's tokens.</summary>
    public ReadOnlySpan<int> Output => All[promptLength..];

    private readonly int promptLength = promptLength;
}
