using Heed.Text.Metrics.Rouge;

namespace Heed.Training.Data.Documents;

/// <summary>Finds the sentence of a document that says most of its summary: the best that choosing one sentence can do.</summary>
internal static class BestSentence
{
    private static readonly RougeMetric[] Metrics = [new(new RougeConfig { Kind = RougeKind.Rouge1 }), new(new RougeConfig { Kind = RougeKind.RougeL })];

    /// <summary>The sentence with the highest sum of ROUGE-1 and ROUGE-L.</summary>
    public static string Of(DocumentText document) => document.Sentences[IndexOf(document)];

    /// <summary>The place of that sentence; the earliest among equals.</summary>
    public static int IndexOf(DocumentText document) =>
        Enumerable.Range(0, document.Sentences.Count).MaxBy(i => Metrics.Sum(metric => metric.Sentence(document.Sentences[i], document.Summaries).Value));
}
