namespace Heed.Models.Summarizing;

/// <summary>The summary of one document.</summary>
/// <param name="LineNumber">The document's place in the input; the first is 1.</param>
/// <param name="Text">The summary, on one line; empty for an empty document.</param>
/// <param name="Score">What the model says of it: its log-probability, divided by its length to the power of the length penalty; of a sentence that a classifier chose, the probability of its being one.</param>
/// <param name="Warning">What the reader should know, in one sentence that names the line, or null.</param>
public sealed record Summary(long LineNumber, string Text, double Score, string? Warning);
