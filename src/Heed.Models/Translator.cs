using Heed.Models.Configuration;
using Heed.Models.Decoding;
using Heed.Models.Explain;
using Heed.Models.Pretrained;
using Heed.Models.Seq2Seq;
using Heed.Models.Translating;
using Heed.Text.Tokenizers;

namespace Heed.Models;

/// <summary>Translates text with a trained model: one line, or a stream of any length.</summary>
/// <remarks>
/// <para>A line's translation has the same bits whatever lines stand around it, whatever the batch size and the number of threads.
/// An empty line, or one of white space, becomes an empty line. A line longer than the model can read is cut, and its
/// <see cref="Translation.Warning"/> says so.</para>
/// <para>One translator may be used from many threads at once. How many threads work on one call is decided by
/// <see cref="Tensors.Devices.Device.Default"/>, which is set before the model is loaded.</para>
/// </remarks>
public sealed class Translator
{
    private readonly LoadedModel loaded;
    private readonly GenerationTokens tokens;

    /// <summary>Makes a translator of a model in memory.</summary>
    /// <param name="loaded">The model, its tokenizer and how to search.</param>
    /// <exception cref="ArgumentException">The tokenizer has another number of tokens than the model.</exception>
    public Translator(LoadedModel loaded)
    {
        ArgumentNullException.ThrowIfNull(loaded);
        bool fits = loaded.Tokens is null ? loaded.Tokenizer.VocabSize == loaded.Model.VocabSize : loaded.Tokenizer.VocabSize <= loaded.Model.VocabSize; // published tables have spare rows
        if (!fits)
        {
            throw new ArgumentException($"the tokenizer has {loaded.Tokenizer.VocabSize} tokens and the model {loaded.Model.VocabSize}; they do not belong together", nameof(loaded));
        }

        loaded.Decoding.Validate();
        this.loaded = loaded;
        SpecialTokens special = loaded.Tokenizer.Special;
        tokens = loaded.Tokens is { } published
            ? published with { NeverWritten = [.. published.NeverWritten, .. Enumerable.Range(loaded.Tokenizer.VocabSize, loaded.Model.VocabSize - loaded.Tokenizer.VocabSize)] }
            : GenerationTokens.Create(loaded.Model.BosId, loaded.Model.EosId, special.PadId, special.BosId, special.UnknownId);
    }

    /// <summary>The model's name.</summary>
    public string Name => loaded.Name;

    /// <summary>The model.</summary>
    public Seq2SeqModel Model => loaded.Model;

    /// <summary>What makes tokens of text.</summary>
    public Tokenizer Tokenizer => loaded.Tokenizer;

    /// <summary>How translations are searched for unless a call says otherwise.</summary>
    public DecodingOptions Options => loaded.Decoding;

    /// <summary>Loads a model folder.</summary>
    /// <param name="folder">The folder, as <see cref="ModelFolder.Save"/> writes it, or one of T5, BART or Marian.</param>
    /// <inheritdoc cref="ModelFolder.Load" path="/exception"/>
    public static Translator Load(string folder) => new(PretrainedModel.IsKnown(folder) ? LoadedModel.OfPublished(folder) : ModelFolder.Load(folder));

    /// <summary>Translates one text.</summary>
    /// <param name="text">Usually a sentence.</param>
    /// <param name="options">How to search; null for <see cref="Options"/>.</param>
    /// <param name="cancellation">Ends the work at the next step.</param>
    /// <inheritdoc cref="Translate(IEnumerable{string}, DecodingOptions?, IProgress{TranslationProgress}?, CancellationToken)" path="/exception"/>
    public Translation Translate(string text, DecodingOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Translate([text], options, progress: null, cancellation).Single();
    }

    /// <summary>Translates a stream of lines. Nothing is read or computed before the result is enumerated.</summary>
    /// <param name="lines">The lines; <see cref="DecodingOptions.WindowLines"/> of them are read ahead.</param>
    /// <param name="options">How to search; null for <see cref="Options"/>.</param>
    /// <param name="progress">Told after each batch how far the work is.</param>
    /// <param name="cancellation">Ends the work at the next step.</param>
    /// <returns>One translation for each line, in the same order.</returns>
    /// <exception cref="ConfigException">An option is out of range.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was cancelled.</exception>
    /// <exception cref="NotFiniteNumberException">The model's scores are not numbers: it is damaged.</exception>
    public IEnumerable<Translation> Translate(
        IEnumerable<string> lines, DecodingOptions? options = null, IProgress<TranslationProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(lines);
        var search = SequenceSearch.Create(tokens, options ?? Options);
        return Stream();

        // Every enumeration is a run of its own, with its own line numbers.
        IEnumerable<Translation> Stream()
        {
            foreach (Translation translation in new LineTranslator(Model, Tokenizer, search, progress, cancellation).Translate(lines))
            {
                yield return translation;
            }
        }
    }

    /// <summary>Scores one given translation.</summary>
    /// <param name="source">The source text.</param>
    /// <param name="target">The translation; it may be empty.</param>
    /// <returns>Its log-probability, token by token: what a search that wrote these tokens reports, to the bit.</returns>
    /// <exception cref="NotFiniteNumberException">The model's scores are not numbers: it is damaged.</exception>
    public ScoredTranslation Score(string source, string target)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(target);
        return Score([(source, target)]).Single();
    }

    /// <summary>Scores a stream of given translations. Nothing is read or computed before the result is enumerated.</summary>
    /// <param name="pairs">Source texts and their translations.</param>
    /// <param name="cancellation">Ends the work before the next batch.</param>
    /// <returns>One score for each pair, in the same order.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was cancelled.</exception>
    /// <exception cref="NotFiniteNumberException">The model's scores are not numbers: it is damaged.</exception>
    public IEnumerable<ScoredTranslation> Score(IEnumerable<(string Source, string Target)> pairs, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        return Stream();

        IEnumerable<ScoredTranslation> Stream()
        {
            foreach (ScoredTranslation score in new PairScorer(Model, Tokenizer, Options, cancellation).Score(pairs))
            {
                yield return score;
            }
        }
    }

    /// <summary>Everything that the model attended to while it wrote a translation.</summary>
    /// <param name="source">The source text; not empty.</param>
    /// <param name="target">A translation for the model to read, or null to let it write its own.</param>
    /// <param name="options">How to search where there is no target; null for <see cref="Options"/>.</param>
    /// <param name="cancellation">Ends the search at the next step.</param>
    /// <exception cref="ArgumentException">The source is empty.</exception>
    /// <exception cref="ConfigException">An option is out of range.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was cancelled.</exception>
    /// <exception cref="NotFiniteNumberException">The model's scores are not numbers: it is damaged.</exception>
    public TranslationExplanation Explain(string source, string? target = null, DecodingOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(source);
        return new Explainer(this).Explain(source, target, options, cancellation);
    }
}
