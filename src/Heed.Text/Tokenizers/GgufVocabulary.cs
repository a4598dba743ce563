using System.Collections.Immutable;
using Heed.Text.Tokenizers.Files.Gguf;

namespace Heed.Text.Tokenizers;

/// <summary>A tokenizer as GGUF files hold it: lists and flags among the metadata, instead of a file of its own.</summary>
/// <remarks>
/// The keys <c>tokenizer.ggml.*</c> of llama.cpp. What its kinds do is said at <see cref="CreateTokenizer"/>. Lists that a file leaves out are
/// empty, and single values null.
/// </remarks>
public sealed record GgufVocabulary
{
    /// <summary>The kind: <c>llama</c> (SentencePiece BPE), <c>gpt2</c> (byte-level BPE), <c>t5</c> (unigram) or <c>bert</c> (WordPiece).</summary>
    public required string Model { get; init; }

    /// <summary>How a <c>gpt2</c> text is cut into words, for example <c>gpt-2</c>, <c>llama-bpe</c> or <c>qwen2</c>; null is <c>default</c>.</summary>
    public string? PreTokenizer { get; init; }

    /// <summary>The name of each id.</summary>
    public required ImmutableArray<string> Tokens { get; init; }

    /// <summary>The score of each id, for the kinds <c>llama</c> and <c>t5</c>.</summary>
    public ImmutableArray<float> Scores { get; init; } = [];

    /// <summary>What each id is for: 1 text, 2 unknown, 3 control, 4 user-defined, 5 unused, 6 byte. Empty is text for all.</summary>
    public ImmutableArray<int> TokenTypes { get; init; } = [];

    /// <summary>The merges of the kind <c>gpt2</c>, "left right", the first first.</summary>
    public ImmutableArray<string> Merges { get; init; } = [];

    /// <summary>The token that begins a text.</summary>
    public int? BosId { get; init; }

    /// <summary>The token that ends a text.</summary>
    public int? EosId { get; init; }

    /// <summary>The token for what cannot be written.</summary>
    public int? UnknownId { get; init; }

    /// <summary>The token that fills short lines.</summary>
    public int? PaddingId { get; init; }

    /// <summary>Whether <see cref="BosId"/> is put in front of a text; null is as usual for the kind.</summary>
    public bool? AddsBos { get; init; }

    /// <summary>Whether <see cref="EosId"/> is put behind a text; null is as usual for the kind.</summary>
    public bool? AddsEos { get; init; }

    /// <summary>Whether a space is put in front of a text, for the kinds <c>llama</c> and <c>t5</c>; null is yes.</summary>
    public bool? AddsSpacePrefix { get; init; }

    /// <summary>Whether repeated spaces become one, for the kind <c>t5</c>; null is no.</summary>
    public bool? RemovesExtraSpaces { get; init; }

    /// <summary>SentencePiece's compiled rules that rewrite characters, for the kind <c>t5</c>.</summary>
    public ImmutableArray<byte> CharacterMap { get; init; } = [];

    /// <summary>How a conversation is written down, a Jinja template; null if the file has none.</summary>
    public string? ChatTemplate { get; init; }

    /// <summary>Makes the tokenizer. <see cref="Tokenizer.Save"/> writes it in the format that its kind has elsewhere.</summary>
    /// <param name="source">The name of the file, for messages.</param>
    /// <remarks>
    /// It gives the ids that the model was trained with, as llama.cpp does, with these differences: names of control tokens in a text are text
    /// unless asked for, and Qwen2's text is composed (NFC) first, as in the tokenizer that it came from.
    /// </remarks>
    /// <exception cref="InvalidDataException">The lists are malformed, or of a kind that is not known; the message names the key and what is known.</exception>
    public Tokenizer CreateTokenizer(string source)
    {
        ArgumentNullException.ThrowIfNull(source);
        GgufVocabularyGuard.Check(this, source);
        return Model switch
        {
            "llama" or "t5" => GgufSentencePiece.Read(this, source),
            "gpt2" => GgufByteLevel.Read(this, source),
            "bert" => GgufWordPiece.Read(this, source),
            _ => throw new InvalidDataException($"{source}: tokenizer.ggml.model is \"{Model}\"; known are llama, gpt2, t5 and bert"),
        };
    }

    /// <summary>Describes a tokenizer in this form, for a file to be written.</summary>
    /// <param name="tokenizer">A byte-pair tokenizer read from other libraries' files: SentencePiece's, GPT-2's, tiktoken's or <c>tokenizer.json</c>.</param>
    /// <param name="size">How many ids the model has; those beyond the tokenizer's are filled up. 0 is the tokenizer's number.</param>
    /// <exception cref="ArgumentException">It is of a kind that has no counterpart.</exception>
    public static GgufVocabulary Of(Tokenizer tokenizer, int size = 0) => GgufVocabularyMaker.Make(tokenizer, size);
}
