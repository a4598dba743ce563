namespace Heed.Cli.Demo;

/// <summary>A sentence and its translation.</summary>
/// <param name="Source">The sentence to translate.</param>
/// <param name="Target">Its one translation.</param>
public sealed record SentencePair(string Source, string Target);
