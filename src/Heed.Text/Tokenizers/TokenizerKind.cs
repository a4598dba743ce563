namespace Heed.Text.Tokenizers;

/// <summary>The kinds of tokenizer, as they are written in configs and files.</summary>
public static class TokenizerKind
{
    /// <summary>Byte-pair encoding: words are built from characters by learnt merges.</summary>
    public const string Bpe = "bpe";

    /// <summary>Unigram language model: the most probable split of a word into pieces.</summary>
    public const string Unigram = "unigram";

    /// <summary>One piece for each character (Unicode code point).</summary>
    public const string Characters = "characters";

    /// <summary>One piece for each word.</summary>
    public const string Words = "words";

    /// <summary>BERT's kind, the longest piece first; loaded from files, never trained here.</summary>
    public const string WordPiece = "wordpiece";

    /// <summary>All kinds that can be trained, in the order of this class.</summary>
    public static IReadOnlyList<string> All { get; } = [Bpe, Unigram, Characters, Words];
}
