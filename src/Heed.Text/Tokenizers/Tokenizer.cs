using System.Text;
using System.Text.Json;
using Heed.Text.Tokenizers.Files;

namespace Heed.Text.Tokenizers;

/// <summary>
/// Turns text into ids and back without loss: for every string without lone surrogates, and with
/// <see cref="Lowercase"/> off, <c>Decode(Encode(text)) == text</c>. A lone surrogate comes back as U+FFFD. Instances
/// never change and may be used from many threads at once.
/// </summary>
/// <remarks>Made by <see cref="TokenizerTrainer.Train"/> or <see cref="Load"/>.</remarks>
public abstract class Tokenizer
{
    private readonly bool spacePrefix;

    private protected Tokenizer(Vocabulary vocabulary, bool lowercase, bool spacePrefix)
    {
        Vocabulary = vocabulary;
        Lowercase = lowercase;
        this.spacePrefix = spacePrefix;
    }

    /// <summary>The kind, one of <see cref="TokenizerKind"/>.</summary>
    public abstract string Kind { get; }

    /// <summary>The number of ids; they are 0 to <c>VocabSize - 1</c>.</summary>
    public int VocabSize => Vocabulary.Count;

    /// <summary>The ids of the special tokens.</summary>
    public SpecialTokens Special { get; } = new();

    /// <summary>Whether text is lower-cased before it is split.</summary>
    public bool Lowercase { get; }

    private protected Vocabulary Vocabulary { get; }

    /// <summary>Reads a tokenizer that <see cref="Save"/> wrote.</summary>
    /// <param name="folderOrFile">The folder that holds <c>tokenizer.json</c>, or the file itself.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is malformed; the message names the file, the place and the mend.</exception>
    public static Tokenizer Load(string folderOrFile) => TokenizerFileReader.Read(folderOrFile);

    /// <summary>The ids of a text, without begin and end tokens. The empty text has no ids.</summary>
    /// <param name="text">Any text; special tokens typed in it are ordinary text.</param>
    public int[] Encode(string text)
    {
        var ids = new List<int>();
        Encode(text, ids);
        return [.. ids];
    }

    /// <summary>Adds the ids of a text to a list, without begin and end tokens.</summary>
    /// <param name="text">Any text; special tokens typed in it are ordinary text.</param>
    /// <param name="ids">Receives the ids.</param>
    public void Encode(string text, List<int> ids)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(ids);
        AppendIds(Prepare(text), ids);
    }

    /// <summary>
    /// The ids of one randomly chosen way to split a text, so that a model in training sees many. "bpe" skips each merge
    /// with probability <paramref name="dropout"/>; "unigram" samples the split of each word with that probability;
    /// "words" and "characters" know only one way. Every result decodes to the text.
    /// </summary>
    /// <param name="text">Any text.</param>
    /// <param name="dropout">How often, from 0 (the same as <see cref="Encode(string)"/>) to 1; usually 0.1.</param>
    /// <param name="random">The source of chance; it moves on.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="dropout"/> is not between 0 and 1.</exception>
    /// <remarks>Provilkov et al. 2020, "BPE-Dropout", section 3; Kudo 2018, "Subword regularization", section 3.</remarks>
    public int[] EncodeWithDropout(string text, float dropout, ref SplitMix64 random)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!(dropout is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(dropout), dropout, "dropout must be between 0 and 1");
        }

        if (dropout == 0)
        {
            return Encode(text);
        }

        var ids = new List<int>();
        AppendSampledIds(Prepare(text), dropout, ref random, ids);
        return [.. ids];
    }

    /// <summary>
    /// The text of ids. Special tokens are left out; bytes that are not UTF-8 become U+FFFD. Except for "characters", one
    /// space at the start is dropped, since <see cref="Encode(string)"/> adds one: decode a sequence whole, not bit by bit.
    /// </summary>
    /// <param name="ids">Ids of this tokenizer.</param>
    /// <exception cref="ArgumentOutOfRangeException">An id is not in the vocabulary.</exception>
    public string Decode(ReadOnlySpan<int> ids)
    {
        var bytes = new List<byte>(4 * ids.Length);
        foreach (int id in ids)
        {
            Vocabulary.AppendBytes(CheckedId(id), bytes);
        }

        ReadOnlySpan<byte> utf8 = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(bytes);
        bool hasPrefix = spacePrefix && utf8.Length > 0 && utf8[0] == (byte)' ';
        return Encoding.UTF8.GetString(hasPrefix ? utf8[1..] : utf8);
    }

    /// <summary>An id's piece for people to read: a space is shown as U+2581, a byte as <c>&lt;0x0A&gt;</c>.</summary>
    /// <param name="id">An id of this tokenizer.</param>
    /// <exception cref="ArgumentOutOfRangeException">The id is not in the vocabulary.</exception>
    public string TokenText(int id) => Vocabulary.DisplayText(CheckedId(id));

    /// <summary>
    /// Writes <c>tokenizer.json</c> into a folder, made if missing: beside the old file first, flushed, then renamed, so
    /// that a full disk leaves the old one whole. The same tokenizer always gives the same bytes.
    /// </summary>
    /// <param name="folder">The model folder.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string folder) => TokenizerFileWriter.Write(this, folder);

    /// <summary>Writes the "model" object of the file.</summary>
    internal abstract void WriteModel(Utf8JsonWriter json);

    private protected string Prepare(string text) => TextPreparation.Prepare(text, Lowercase, spacePrefix);

    private protected abstract void AppendIds(ReadOnlySpan<char> text, List<int> ids);

    private protected virtual void AppendSampledIds(ReadOnlySpan<char> text, float dropout, ref SplitMix64 random, List<int> ids) =>
        AppendIds(text, ids);

    private int CheckedId(int id) => (uint)id < (uint)VocabSize
        ? id
        : throw new ArgumentOutOfRangeException(nameof(id), id, $"this tokenizer's ids are 0 to {VocabSize - 1}");
}
