using Heed.Text.Tokenizers.Decoders;
using Heed.Text.Tokenizers.Files;

namespace Heed.Text.Tokenizers;

/// <summary>
/// Turns text into ids and back. Instances never change and may be used from many threads at once. A lone surrogate in a
/// text is read as U+FFFD.
/// </summary>
/// <remarks>
/// Made by <see cref="TokenizerTrainer.Train"/>, or by <see cref="Load(string, TokenizerLoadOptions)"/> from the files of other libraries. What
/// the two do differently is said at <see cref="TrainedTokenizer"/> and <see cref="LoadedTokenizer"/>.
/// </remarks>
public abstract class Tokenizer
{
    private protected Tokenizer()
    {
    }

    /// <summary>The kind, one of <see cref="TokenizerKind"/>.</summary>
    public abstract string Kind { get; }

    /// <summary>The number of ids; they are 0 to <c>VocabSize - 1</c>.</summary>
    public abstract int VocabSize { get; }

    /// <summary>The ids of the special tokens.</summary>
    public abstract SpecialTokens Special { get; }

    /// <summary>Whether text is lower-cased before it is split.</summary>
    public abstract bool Lowercase { get; }

    /// <summary>Turns ids into bytes.</summary>
    internal abstract TokenDecoder Decoder { get; }

    /// <summary>
    /// Reads a tokenizer: one that <see cref="Save"/> wrote, or a file of another library. Known are Hugging Face's
    /// <c>tokenizer.json</c>, GPT-2's <c>vocab.json</c> with <c>merges.txt</c>, BERT's <c>vocab.txt</c>, SentencePiece's <c>.model</c> and
    /// <c>.spm</c> (Marian's pair with its <c>vocab.json</c>), <c>.tiktoken</c>, and llama2.c's <c>tokenizer.bin</c>.
    /// </summary>
    /// <param name="folderOrFile">A model folder, in which the first of these is read, or one of the files.</param>
    /// <param name="options">What the files do not say themselves; null takes it from the files around.</param>
    /// <exception cref="FileNotFoundException">There is no such file; the message lists what was looked for.</exception>
    /// <exception cref="InvalidDataException">The file is malformed or asks for something unknown; the message names the file, the place and what is known.</exception>
    public static Tokenizer Load(string folderOrFile, TokenizerLoadOptions? options = null) =>
        TokenizerFolder.Load(folderOrFile, options ?? new TokenizerLoadOptions());

    /// <summary>The ids of a text, without special tokens around it. The empty text has no ids.</summary>
    /// <param name="text">Any text; special tokens typed in it are ordinary text.</param>
    public int[] Encode(string text) => Encode(text, default(EncodeOptions));

    /// <summary>The ids of a text.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="options">What is added around it, and whether names of special tokens in it count.</param>
    public int[] Encode(string text, EncodeOptions options)
    {
        var ids = new List<int>();
        Encode(text, ids, options);
        return [.. ids];
    }

    /// <summary>Adds the ids of a text to a list, without special tokens around it.</summary>
    /// <param name="text">Any text; special tokens typed in it are ordinary text.</param>
    /// <param name="ids">Receives the ids.</param>
    public void Encode(string text, List<int> ids) => Encode(text, ids, default);

    /// <summary>Adds the ids of a text to a list.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="ids">Receives the ids.</param>
    /// <param name="options">What is added around it, and whether names of special tokens in it count.</param>
    public void Encode(string text, List<int> ids, EncodeOptions options)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(ids);
        string mended = TextPreparation.ReplaceLoneSurrogates(text);
        if (options.AddSpecialTokens)
        {
            var inner = new List<int>();
            AppendIds(mended, options, inner);
            ids.AddRange(AddSpecialTokens(inner, second: null).Ids);
        }
        else
        {
            AppendIds(mended, options, ids);
        }
    }

    /// <summary>The ids of two texts as one sequence.</summary>
    /// <param name="first">The first text, of type 0.</param>
    /// <param name="second">The second text.</param>
    /// <param name="options">What is added around and between them, and whether names of special tokens in them count.</param>
    public EncodedTextPair EncodePair(string first, string second, EncodeOptions options)
    {
        EncodeOptions plain = options with { AddSpecialTokens = false };
        int[] a = Encode(first, plain);
        int[] b = Encode(second, plain);
        return options.AddSpecialTokens
            ? AddSpecialTokens(a, b)
            : new EncodedTextPair([.. a, .. b], [.. a.Select(_ => 0), .. b.Select(_ => 1)]);
    }

    /// <summary>The ids of many texts, in their order, computed on several threads.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="options">As for one text.</param>
    /// <param name="threads">How many threads at most; 0 takes one for each processor.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public int[][] EncodeBatch(IReadOnlyList<string> texts, EncodeOptions options = default, int threads = 0, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        int[][] ids = new int[texts.Count][];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads == 0 ? Environment.ProcessorCount : threads, CancellationToken = cancellationToken };
        Parallel.For(0, texts.Count, parallel, () => new List<int>(), (i, _, buffer) =>
        {
            buffer.Clear();
            Encode(texts[i], buffer, options);
            ids[i] = [.. buffer];
            return buffer;
        }, _ => { });
        return ids;
    }

    /// <summary>
    /// The ids of one randomly chosen way to split a text, so that a model in training sees many. "bpe" skips each merge
    /// with probability <paramref name="dropout"/>; "unigram" samples the split of each word with that probability; the
    /// other kinds know only one way. Every result decodes to the text.
    /// </summary>
    /// <param name="text">Any text; special tokens typed in it are ordinary text.</param>
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
        AppendSampledIds(TextPreparation.ReplaceLoneSurrogates(text), dropout, ref random, ids);
        return [.. ids];
    }

    /// <summary>The text of ids. Special tokens are left out; bytes that are not UTF-8 become U+FFFD.</summary>
    /// <param name="ids">Ids of this tokenizer. Decode a sequence whole, or by <see cref="CreateStream"/>: the first token may lose a space.</param>
    /// <exception cref="ArgumentOutOfRangeException">An id is not in the vocabulary.</exception>
    public string Decode(ReadOnlySpan<int> ids) => Decode(ids, default);

    /// <summary>The text of ids; bytes that are not UTF-8 become U+FFFD.</summary>
    /// <param name="ids">Ids of this tokenizer.</param>
    /// <param name="options">Whether special tokens are written, and spaces cleaned up.</param>
    /// <exception cref="ArgumentOutOfRangeException">An id is not in the vocabulary.</exception>
    public string Decode(ReadOnlySpan<int> ids, DecodeOptions options)
    {
        foreach (int id in ids)
        {
            CheckId(id);
        }

        string text = DecodeChecked(ids, options.KeepSpecialTokens);
        return options.CleanUpSpaces ?? Decoder.CleansUp ? SpaceCleanUp.Apply(text) : text;
    }

    /// <summary>Begins to decode a sequence that is still being made.</summary>
    /// <param name="keepSpecialTokens">Whether special tokens are written by their names; otherwise they are left out.</param>
    public TextStream CreateStream(bool keepSpecialTokens = false) => new(this, keepSpecialTokens);

    /// <summary>An id's piece for people to read. In tokenizers trained here a space is shown as U+2581, a byte as <c>&lt;0x0A&gt;</c>; others show the name in their file.</summary>
    /// <param name="id">An id of this tokenizer.</param>
    /// <exception cref="ArgumentOutOfRangeException">The id is not in the vocabulary.</exception>
    public string TokenText(int id)
    {
        CheckId(id);
        return NameOf(id);
    }

    /// <summary>Finds a token by its name, as <see cref="TokenText"/> gives it: an ordinary piece or a special token.</summary>
    /// <param name="token">The name, for example <c>&lt;|endoftext|&gt;</c>.</param>
    /// <param name="id">Its id.</param>
    public abstract bool TryGetTokenId(string token, out int id);

    /// <summary>Whether an id marks structure and stands for no text.</summary>
    /// <param name="id">An id of this tokenizer.</param>
    public abstract bool IsSpecial(int id);

    /// <summary>
    /// Writes the tokenizer's files into a folder, made if missing: beside the old ones first, flushed, then renamed, so
    /// that a full disk leaves the old ones whole. The same tokenizer always gives the same bytes; one that was loaded is
    /// written as it was read, under a name that <see cref="Load(string, TokenizerLoadOptions)"/> finds in the folder.
    /// </summary>
    /// <param name="folder">The model folder.</param>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public abstract void Save(string folder);

    internal void CheckId(int id)
    {
        if ((uint)id >= (uint)VocabSize)
        {
            throw new ArgumentOutOfRangeException(nameof(id), id, $"this tokenizer's ids are 0 to {VocabSize - 1}");
        }
    }

    private protected abstract string NameOf(int id);

    private protected abstract void AppendIds(string text, EncodeOptions options, List<int> ids);

    private protected abstract void AppendSampledIds(string text, float dropout, ref SplitMix64 random, List<int> ids);

    private protected abstract EncodedTextPair AddSpecialTokens(IReadOnlyList<int> first, IReadOnlyList<int>? second);

    private protected virtual string DecodeChecked(ReadOnlySpan<int> ids, bool keepSpecialTokens)
    {
        var assembler = new Utf8Assembler(Decoder.MarksEachByte);
        DecodeState state = default;
        foreach (int id in ids)
        {
            if (keepSpecialTokens || !IsSpecial(id))
            {
                Decoder.Append(id, ref state, assembler.Pending);
            }
        }

        return assembler.Take(isLast: true);
    }
}
