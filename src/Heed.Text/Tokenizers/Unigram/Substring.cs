namespace Heed.Text.Tokenizers.Unigram;

/// <summary>A stretch of the training words' characters, and how often its text occurs in the training text.</summary>
internal readonly record struct Substring(int Start, int Length, long Count);
