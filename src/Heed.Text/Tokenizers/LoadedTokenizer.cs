using Heed.Text.IO;
using Heed.Text.Tokenizers.Decoders;
using Heed.Text.Tokenizers.Normalizers;
using Heed.Text.Tokenizers.Pipeline;
using Heed.Text.Tokenizers.PostProcessors;
using Heed.Text.Tokenizers.PreTokenizers;

namespace Heed.Text.Tokenizers;

/// <summary>
/// A tokenizer read from the files of another library, as a pipeline: added tokens are cut out, the text between them is
/// normalised, cut into words, and each word becomes ids by the model; a template puts special tokens around.
/// </summary>
/// <remarks>
/// It gives the ids that the other library gives, with one departure that can be turned off
/// (<see cref="EncodeOptions.ParseSpecialTokens"/>): the name of a special token, or of a byte token, in a text is text.
/// What the normaliser changes and what is unknown does not come back in decoding.
/// </remarks>
public sealed class LoadedTokenizer : Tokenizer
{
    private readonly TokenizerPipeline pipeline;
    private readonly WordEncoder words;
    private readonly AddedTokenMatcher givenText;
    private readonly AddedTokenMatcher givenTextWithSpecial;
    private readonly AddedTokenMatcher normalizedText;
    private readonly AddedTokenMatcher normalizedTextWithSpecial;

    internal LoadedTokenizer(TokenizerPipeline pipeline)
    {
        this.pipeline = pipeline;
        words = new WordEncoder(pipeline.Model, pipeline.IsByteLevel);
        Special = SpecialTokenNames.Find(pipeline);
        givenText = Matcher(normalized: false, special: false);
        givenTextWithSpecial = Matcher(normalized: false, special: true);
        normalizedText = Matcher(normalized: true, special: false);
        normalizedTextWithSpecial = Matcher(normalized: true, special: true);
    }

    /// <inheritdoc/>
    public override string Kind => pipeline.Kind;

    /// <inheritdoc/>
    public override int VocabSize => pipeline.Table.Count;

    /// <inheritdoc/>
    public override SpecialTokens Special { get; }

    /// <inheritdoc/>
    public override bool Lowercase => pipeline.Normalizer?.Lowercases ?? false;

    internal TokenizerPipeline Pipeline => pipeline;

    internal override TokenDecoder Decoder => pipeline.Decoder;

    /// <inheritdoc/>
    public override bool TryGetTokenId(string token, out int id)
    {
        ArgumentNullException.ThrowIfNull(token);
        return pipeline.Table.TryGetAny(token, out id);
    }

    /// <inheritdoc/>
    public override bool IsSpecial(int id) => pipeline.SpecialIds.Contains(id);

    /// <inheritdoc/>
    public override void Save(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        Directory.CreateDirectory(folder);
        foreach ((string name, byte[] content) in pipeline.Files)
        {
            AtomicFile.Write(Path.Combine(folder, name), stream => stream.Write(content));
        }
    }

    private protected override string NameOf(int id) => pipeline.Table.NameOf(id) ?? "";

    private protected override void AppendIds(string text, EncodeOptions options, List<int> ids)
    {
        ForEachWord(text, options, ids, part => words.Append(part.Span, ids));
    }

    private protected override void AppendSampledIds(string text, float dropout, ref SplitMix64 random, List<int> ids)
    {
        SplitMix64 current = random;
        ForEachWord(text, default, ids, part => words.AppendSampled(part.Span, dropout, ref current, ids));
        random = current;
    }

    private protected override EncodedTextPair AddSpecialTokens(IReadOnlyList<int> first, IReadOnlyList<int>? second) => pipeline.Template.Apply(first, second);

    private protected override string DecodeChecked(ReadOnlySpan<int> ids, bool keepSpecialTokens) =>
        keepSpecialTokens && pipeline.DecodeWithSpecial is { } decode ? decode(ids.ToArray()) : base.DecodeChecked(ids, keepSpecialTokens);

    private AddedTokenMatcher Matcher(bool normalized, bool special) => new(
        pipeline.AddedTokens.Where(token => token.IsNormalized == normalized && (special || !token.IsSpecial)),
        token => normalized && pipeline.Normalizer is { } normalizer ? normalizer.Normalize(token.Content) : token.Content);

    private void ForEachWord(string text, EncodeOptions options, List<int> ids, Action<TextPart> onWord)
    {
        string prepared = pipeline.Prepare?.Invoke(text) ?? text;
        bool startsText = true;
        int start = ids.Count;
        Cut(options.ParseSpecialTokens ? givenTextWithSpecial : givenText, prepared, OnGiven);

        void OnGiven(string part)
        {
            string normalized = pipeline.Normalizer?.Normalize(part) ?? part;
            Cut(options.ParseSpecialTokens ? normalizedTextWithSpecial : normalizedText, normalized, OnNormalized);
        }

        void OnNormalized(string marked)
        {
            string part = options.PlainMark is { } mark ? marked.Replace(mark.ToString(), string.Empty, StringComparison.Ordinal) : marked;
            if (part.Length > 0)
            {
                SplitWords(part, startsText, onWord);
                startsText = false;
            }
        }

        void Cut(AddedTokenMatcher matcher, string whole, Action<string> onText)
        {
            if (matcher.IsEmpty)
            {
                onText(whole);
                return;
            }

            matcher.Split(whole, onText, token =>
            {
                startsText = false;
                if (ids.Count == start + 1 && ids[start] == pipeline.DroppedBeforeToken)
                {
                    ids.RemoveAt(start);
                }

                ids.Add(token.Id);
            });
        }
    }

    private void SplitWords(string text, bool startsText, Action<TextPart> onWord)
    {
        if (pipeline.PreTokenizer is not { } preTokenizer)
        {
            onWord(new TextPart(text));
            return;
        }

        var parts = new List<TextPart>();
        preTokenizer.Split(new TextPart(text), startsText, parts);
        foreach (TextPart part in parts)
        {
            onWord(part);
        }
    }
}
