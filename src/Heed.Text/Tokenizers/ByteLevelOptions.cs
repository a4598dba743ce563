namespace Heed.Text.Tokenizers;

/// <summary>How to train byte-level byte-pair encoding.</summary>
public sealed record ByteLevelOptions
{
    private const int Bytes = 256;

    /// <summary>Ids in the finished vocabulary; a text that is too small gives fewer.</summary>
    public int VocabSize { get; init; } = 8000;

    /// <summary>The special tokens, which get the first ids. In the training text they separate, and are not learnt from.</summary>
    public IReadOnlyList<string> SpecialTokens { get; init; } = ["<|endoftext|>"];

    /// <summary>How often a pair must be seen to be joined.</summary>
    public int MinCount { get; init; } = 1;

    /// <summary>Checks every value.</summary>
    /// <exception cref="ArgumentException">A value is out of range; the message says which, and what is allowed.</exception>
    public void Validate()
    {
        int least = Bytes + SpecialTokens.Count;
        if (VocabSize < least || VocabSize > TokenizerOptions.MaxVocabSize)
        {
            throw new ArgumentException($"vocabSize {VocabSize} is out of range: {least} ids are special tokens and bytes, so it must be between {least} and {TokenizerOptions.MaxVocabSize}");
        }

        if (MinCount < 1)
        {
            throw new ArgumentException($"minCount {MinCount} must be at least 1");
        }

        if (SpecialTokens.Any(string.IsNullOrEmpty) || SpecialTokens.Distinct(StringComparer.Ordinal).Count() != SpecialTokens.Count)
        {
            throw new ArgumentException($"the special tokens \"{string.Join("\", \"", SpecialTokens)}\" must all be different, and none empty");
        }
    }
}
