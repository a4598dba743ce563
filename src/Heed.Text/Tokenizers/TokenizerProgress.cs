namespace Heed.Text.Tokenizers;

/// <summary>How far the training of a tokenizer has come.</summary>
/// <param name="Stage">What is being done: "reading lines", "learning merges", "estimating pieces".</param>
/// <param name="Done">Units done in this stage: lines, merges or rounds.</param>
/// <param name="Total">Units in this stage, or 0 where it is not known beforehand.</param>
public readonly record struct TokenizerProgress(string Stage, long Done, long Total);
