using Heed.Models.Decoding;
using Heed.Models.Seq2Seq;
using Heed.Models.Summarizing;
using Heed.Text.Metrics.Rouge;
using Heed.Training.Data;
using Heed.Training.Data.Documents;
using Heed.Training.Translating;

namespace Heed.Training.Summarizing;

/// <summary>Scores a summariser on validation documents: loss on all of them, ROUGE-L of greedy summaries of the first ones.</summary>
/// <param name="summarizer">The model in training.</param>
/// <param name="documents">The documents.</param>
/// <param name="corpus">The documents as tokens, each with its first summary.</param>
/// <param name="batching">How they are batched for the loss.</param>
/// <param name="summaries">How many summaries to write.</param>
internal sealed class SummarizationValidator(Summarizer summarizer, IReadOnlyList<DocumentText> documents, EncodedCorpus corpus, BatchOptions batching, int summaries)
{
    private const int SampleCount = 3;

    private readonly IEnumerable<TokenBatch> batches = corpus.InOrder(batching); // here, so that a pair too long for a batch is noticed before training

    public ValidationResult Run()
    {
        double loss = HeldOutLoss.Of(new Seq2SeqObjective(summarizer.Translator.Model, labelSmoothing: 0), batches).Mean;
        var scores = new OrderedDictionary<string, double> { ["perplexity"] = Math.Exp(loss) };
        DocumentText[] written = [.. documents.Take(summaries)];
        if (written.Length == 0)
        {
            return new ValidationResult(loss, scores, []);
        }

        DecodingOptions greedy = summarizer.Options with { BeamSize = 1, NBest = 1 };
        string[] found = [.. summarizer.With(greedy).Summarize(written.Select(document => document.Sentences)).Select(summary => summary.Text)];
        scores.Add("ROUGE-L", new RougeMetric(new RougeConfig { Kind = RougeKind.RougeL }).Corpus(found, [[.. written.Select(document => document.Summaries[0])]]).Value);
        return new ValidationResult(loss, scores, [.. written.Take(SampleCount).Select((document, i) => $"reference  {document.Summaries[0]}\nsummary    {found[i]}")]);
    }
}
