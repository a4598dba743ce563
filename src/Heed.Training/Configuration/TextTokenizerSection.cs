using Heed.Models.Configuration;
using Heed.Models.Pretrained;
using Heed.Text.Tokenizers;

namespace Heed.Training.Configuration;

/// <summary>The kinds of tokenizer that a run trains on running text.</summary>
public enum TextTokenizerKind
{
    /// <summary>Byte-pair encoding over bytes, as GPT-2's: knows every text, and line ends are tokens like others.</summary>
    ByteLevel,

    /// <summary>One token for each character.</summary>
    Characters,

    /// <summary>Byte-pair encoding over characters, as translators have.</summary>
    Bpe,

    /// <summary>A unigram language model's pieces.</summary>
    Unigram,

    /// <summary>One token for each word.</summary>
    Words,
}

/// <summary>How running text becomes tokens: by a tokenizer that the run trains, or by one that is there.</summary>
public sealed record TextTokenizerSection
{
    /// <summary>The folder or file of a tokenizer to use as it is; null trains one.</summary>
    public string? From { get; init; }

    /// <summary>The kind to train.</summary>
    public TextTokenizerKind Kind { get; init; }

    /// <summary>The tokens of the vocabulary that is trained; a small text gives fewer.</summary>
    public int VocabSize { get; init; } = 8000;

    /// <summary>How often a pair of pieces must be seen to become a piece.</summary>
    public int MinCount { get; init; } = 2;

    /// <summary>Checks the section.</summary>
    /// <exception cref="ConfigException">A value is out of range.</exception>
    /// <exception cref="ArgumentException">A size is out of range for the kind.</exception>
    internal void Validate(IReadOnlyList<string> specialTokens)
    {
        if (From is not null)
        {
            if (this != new TextTokenizerSection { From = From })
            {
                throw new ConfigException("tokenizer.from takes a tokenizer as it is; leave the other keys of tokenizer out, or leave out from to train one");
            }
        }
        else if (Kind == TextTokenizerKind.ByteLevel)
        {
            ByteLevel(specialTokens).Validate();
        }
        else
        {
            Trained().Validate();
        }
    }

    /// <summary>Trains the tokenizer, or loads it.</summary>
    /// <param name="texts">The text to train on.</param>
    /// <param name="specialTokens">The special tokens of a byte-level vocabulary; other kinds have their own.</param>
    /// <param name="cancellation">Stops the work.</param>
    internal Tokenizer Create(IEnumerable<string> texts, IReadOnlyList<string> specialTokens, CancellationToken cancellation) =>
        From is not null ? PretrainedTokenizer.Load(From)
        : Kind == TextTokenizerKind.ByteLevel ? TokenizerTrainer.TrainByteLevel(ByteLevel(specialTokens), texts, cancellationToken: cancellation)
        : TokenizerTrainer.Train(Trained(), texts, cancellationToken: cancellation);

    private ByteLevelOptions ByteLevel(IReadOnlyList<string> specialTokens) => new() { VocabSize = VocabSize, MinCount = MinCount, SpecialTokens = specialTokens };

    private TokenizerOptions Trained() => new()
    {
        VocabSize = VocabSize,
        MinCount = MinCount,
        CharacterCoverage = Kind == TextTokenizerKind.Characters ? 1 : new TokenizerOptions().CharacterCoverage, // or rare characters would be bytes
        Kind = Kind switch
        {
            TextTokenizerKind.Characters => TokenizerKind.Characters,
            TextTokenizerKind.Unigram => TokenizerKind.Unigram,
            TextTokenizerKind.Words => TokenizerKind.Words,
            _ => TokenizerKind.Bpe,
        },
    };
}
