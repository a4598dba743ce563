namespace Heed.Models.Generation;

/// <summary>One prompt to continue.</summary>
/// <param name="Prompt">Its tokens, one at least.</param>
/// <param name="Options">How it is continued.</param>
/// <param name="Stream">Which of the seed's streams of random numbers is drawn from: several continuations of one prompt take 0, 1, 2, ...</param>
public sealed record GenerationRequest(ReadOnlyMemory<int> Prompt, GenerationOptions Options, int Stream = 0);
