using Heed.Text.Metrics;
using Heed.Text.Metrics.Rouge;
using Heed.Text.Metrics.Significance;
using Heed.Training.Data.Documents;

namespace Heed.Training.Summarizing;

/// <summary>ROUGE of summaries, and of what a reader could do without a model: take the first sentence.</summary>
/// <param name="documents">The documents with their summaries.</param>
public sealed class SummaryScores(IReadOnlyList<DocumentText> documents)
{
    private readonly RougeMetric[] metrics = [.. ((RougeKind[])[RougeKind.Rouge1, RougeKind.Rouge2, RougeKind.RougeL]).Select(kind => new RougeMetric(new RougeConfig { Kind = kind }))];

    // One list for the first summary of each document, one for the second, and so on.
    private readonly string?[][] references = [.. Enumerable.Range(0, documents.Max(document => document.Summaries.Count)).Select(i => documents.Select(document => document.Summaries.ElementAtOrDefault(i)).ToArray())];

    /// <summary>The first sentence of each document.</summary>
    public IReadOnlyList<string> Lead { get; } = [.. documents.Select(document => document.Sentences[0])];

    /// <summary>The sentence of each document that scores best: what choosing a sentence could reach.</summary>
    public IReadOnlyList<string> Best { get; } = [.. documents.Select(BestSentence.Of)];

    /// <summary>ROUGE-1, ROUGE-2 and ROUGE-L with intervals.</summary>
    /// <param name="summaries">A summary of each document.</param>
    /// <param name="name">What is put in front of the metrics' names.</param>
    public IReadOnlyList<MetricScore> Of(IReadOnlyList<string> summaries, string name) =>
        [.. metrics.Select(metric => metric.Corpus(summaries, references, new BootstrapResampling())).Select(score => (MetricScore)(score with { Name = $"{name} {score.Name}" }))];

    /// <summary>How summaries compare with the first sentences, in ROUGE-L.</summary>
    /// <param name="summaries">A summary of each document.</param>
    public PairedComparison AgainstLead(IReadOnlyList<string> summaries) => PairedBootstrap.Compare(metrics[2].Measure(Lead, references), metrics[2].Measure(summaries, references), new BootstrapResampling());
}
