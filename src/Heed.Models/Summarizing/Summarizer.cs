using Heed.Models.Configuration;
using Heed.Models.Decoding;

namespace Heed.Models.Summarizing;

/// <summary>Summarises documents with a model that reads one text and writes another.</summary>
/// <param name="translator">The model, which reads documents and writes summaries.</param>
/// <param name="options">How to search; null for the model's own.</param>
/// <param name="extract">
/// Whether the document's sentence is taken that the model finds the likeliest summary, instead of one that it writes. This asks less of a model: a
/// sentence of the document is well formed, and no name in it is garbled.
/// </param>
public sealed class Summarizer(Translator translator, DecodingOptions? options = null, bool extract = false) : DocumentSummarizer
{
    /// <summary>The model, its tokenizer and how its output is searched for.</summary>
    public Translator Translator { get; } = translator;

    /// <summary>How summaries are searched for; extracted sentences are compared with its length penalty.</summary>
    public DecodingOptions Options { get; } = options ?? translator.Options;

    /// <summary>Loads a model folder: one that <c>heed train</c> wrote, or T5, BART or another published one.</summary>
    /// <param name="folder">The folder.</param>
    /// <inheritdoc cref="Translator.Load" path="/exception"/>
    public static Summarizer Load(string folder) => new(Translator.Load(folder));

    /// <summary>The same model with other settings.</summary>
    /// <param name="options">How to search.</param>
    /// <param name="extract">Whether a sentence of the document is taken.</param>
    public Summarizer With(DecodingOptions options, bool extract = false) => new(Translator, options, extract);

    /// <inheritdoc/>
    /// <exception cref="ConfigException">An option is out of range.</exception>
    public override IEnumerable<Summary> Summarize(IEnumerable<IReadOnlyList<string>> documents, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(documents);
        return extract
            ? documents.Select((sentences, i) => Choose(i + 1, sentences, cancellation))
            : Translator.Translate(documents.Select(OneLine), Options, progress: null, cancellation).Select(found => new Summary(found.LineNumber, found.Text, found.Candidates[0].Hypothesis.Score, found.Warning));
    }

    private static string OneLine(IReadOnlyList<string> sentences) => string.Join(' ', sentences).ReplaceLineEndings(" ");

    private Summary Choose(long number, IReadOnlyList<string> sentences, CancellationToken cancellation)
    {
        string document = OneLine(sentences);
        Summary? best = null;
        foreach (ScoredTranslation scored in Translator.Score(sentences.Select(sentence => (document, sentence.ReplaceLineEndings(" "))), cancellation))
        {
            double score = Options.Score(scored.LogProbability, scored.Tokens.Length);
            if (best is null || score > best.Score)
            {
                best = new Summary(number, scored.Target, score, Warning: null);
            }
        }

        return best ?? new Summary(number, string.Empty, Score: 0, Warning: null);
    }
}
