namespace Heed.Text.Tokenizers;

/// <summary>What kind of tokenizer to train, and how large.</summary>
public sealed record TokenizerOptions
{
    /// <summary>The largest <see cref="VocabSize"/> that is accepted.</summary>
    public const int MaxVocabSize = 1_000_000;

    /// <summary>One of <see cref="TokenizerKind"/>: "bpe" (the default), "unigram", "characters" or "words".</summary>
    public string Kind { get; init; } = TokenizerKind.Bpe;

    /// <summary>
    /// Ids in the finished vocabulary, the 4 special tokens and 256 byte pieces among them. Reached exactly where the
    /// text holds enough different pieces; a smaller text gives a smaller vocabulary.
    /// </summary>
    public int VocabSize { get; init; } = 8000;

    /// <summary>Whether text is lower-cased before it is split. The case of the input is then not restored by decoding.</summary>
    public bool Lowercase { get; init; }

    /// <summary>
    /// The share of the characters of the training text, in (0, 1], that must be in the vocabulary; the rarest others are
    /// written as bytes. Chinese or Japanese text keeps more room for longer pieces with 0.9995. Not used by "words".
    /// </summary>
    public double CharacterCoverage { get; init; } = 0.99999;

    /// <summary>The longest piece "bpe" and "unigram" learn, in characters (Unicode code points), a leading space included.</summary>
    public int MaxPieceLength { get; init; } = 16;

    /// <summary>How often a word or a pair of pieces must be seen to be learnt.</summary>
    public int MinCount { get; init; } = 2;

    /// <summary>Checks every value.</summary>
    /// <exception cref="ArgumentException">A value is out of range; the message says which, and what is allowed.</exception>
    public void Validate()
    {
        Require(TokenizerKind.All.Contains(Kind), $"tokenizer kind \"{Kind}\" is not known; use one of {string.Join(", ", TokenizerKind.All)}");
        Require(VocabSize is > Vocabulary.FirstPieceId and <= MaxVocabSize,
            $"vocabSize {VocabSize} is out of range: {Vocabulary.FirstPieceId} ids are special tokens and bytes, so it must be between {Vocabulary.FirstPieceId + 1} and {MaxVocabSize}");
        Require(CharacterCoverage is > 0 and <= 1, $"characterCoverage {CharacterCoverage} must be above 0 and at most 1");
        Require(MaxPieceLength is >= 1 and <= 1000, $"maxPieceLength {MaxPieceLength} must be between 1 and 1000");
        Require(MinCount >= 1, $"minCount {MinCount} must be at least 1");
    }

    private static void Require(bool condition, FormattableString message)
    {
        if (!condition)
        {
            throw new ArgumentException(FormattableString.Invariant(message));
        }
    }
}
