namespace Heed.Models.Generation;

/// <summary>A part of an output while it is written.</summary>
/// <param name="Text">The text that has come since the last update: whole characters, often none.</param>
/// <param name="Token">The token that it came with; null in the last update.</param>
/// <param name="Result">The whole output; only in the last update.</param>
public sealed record GenerationUpdate(string Text, GeneratedToken? Token, GenerationResult? Result);
