using System.Text.Json;
using Heed.Text.Tokenizers.Decoders;
using Heed.Text.Tokenizers.Files;
using Heed.Text.Tokenizers.Pipeline;
using Heed.Text.Tokenizers.PostProcessors;

namespace Heed.Text.Tokenizers;

/// <summary>
/// A tokenizer learnt by <see cref="TokenizerTrainer"/>, without loss: for every string without lone surrogates, and with
/// <see cref="Lowercase"/> off, <c>Decode(Encode(text)) == text</c>.
/// </summary>
/// <remarks>
/// Except for "characters", one space is put in front of a text and dropped again in decoding, so that a word is the same
/// piece at the start of a line.
/// </remarks>
public abstract class TrainedTokenizer : Tokenizer
{
    private readonly bool spacePrefix;
    private readonly AddedTokenMatcher specialNames;
    private readonly Lazy<TokenDecoder> decoder;

    private protected TrainedTokenizer(Vocabulary vocabulary, bool lowercase, bool spacePrefix)
    {
        Vocabulary = vocabulary;
        Lowercase = lowercase;
        this.spacePrefix = spacePrefix;
        specialNames = new AddedTokenMatcher(SpecialTokens.Names.Select((name, id) => new AddedToken(id, name)), token => token.Content);
        decoder = new Lazy<TokenDecoder>(() => new JoiningDecoder(vocabulary.ToBytes(), leadingSpaces: spacePrefix ? 1 : 0));
    }

    /// <inheritdoc/>
    public sealed override int VocabSize => Vocabulary.Count;

    /// <inheritdoc/>
    public sealed override SpecialTokens Special { get; } = new();

    /// <inheritdoc/>
    public sealed override bool Lowercase { get; }

    internal sealed override TokenDecoder Decoder => decoder.Value;

    private protected Vocabulary Vocabulary { get; }

    /// <inheritdoc/>
    public sealed override bool TryGetTokenId(string token, out int id)
    {
        ArgumentNullException.ThrowIfNull(token);
        return Vocabulary.TryGetNamed(token, out id);
    }

    /// <inheritdoc/>
    public sealed override bool IsSpecial(int id) => Vocabulary.IsSpecial(id);

    /// <inheritdoc/>
    public sealed override void Save(string folder) => TokenizerFileWriter.Write(this, folder);

    /// <summary>Writes the "model" object of the file.</summary>
    internal abstract void WriteModel(Utf8JsonWriter json);

    private protected string Prepare(string text) => TextPreparation.Prepare(text, Lowercase, spacePrefix);

    private protected sealed override string NameOf(int id) => Vocabulary.DisplayText(id);

    private protected sealed override void AppendIds(string text, EncodeOptions options, List<int> ids)
    {
        if (options.ParseSpecialTokens)
        {
            specialNames.Split(text, AppendPart, token => ids.Add(token.Id));
        }
        else
        {
            AppendPart(text);
        }

        void AppendPart(string part) =>
            AppendPrepared(Prepare(options.PlainMark is { } mark ? part.Replace(mark.ToString(), string.Empty, StringComparison.Ordinal) : part), ids);
    }

    private protected sealed override void AppendSampledIds(string text, float dropout, ref SplitMix64 random, List<int> ids) =>
        AppendSampledPrepared(Prepare(text), dropout, ref random, ids);

    private protected sealed override EncodedTextPair AddSpecialTokens(IReadOnlyList<int> first, IReadOnlyList<int>? second) =>
        TokenTemplate.None.Apply(first, second);

    private protected abstract void AppendPrepared(ReadOnlySpan<char> text, List<int> ids);

    private protected virtual void AppendSampledPrepared(ReadOnlySpan<char> text, float dropout, ref SplitMix64 random, List<int> ids) =>
        AppendPrepared(text, ids);
}
