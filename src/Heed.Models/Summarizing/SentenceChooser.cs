using Heed.Models.Classification;
using Heed.Models.Configuration;

namespace Heed.Models.Summarizing;

/// <summary>Summarises documents by the sentence that a classifier finds the likeliest summary.</summary>
/// <remarks>
/// Trained by <c>task: classification</c> with <c>data.train.documents</c>: of every document, the sentence most like its summary is of the class
/// <c>summary</c>, the others of the class <c>other</c>. The form of Nallapati et al. 2017 (SummaRuNNer), section 2: position and content decide.
/// </remarks>
public sealed class SentenceChooser : DocumentSummarizer
{
    private readonly TextClassifier classifier;

    /// <summary>Makes a summariser of a classifier.</summary>
    /// <param name="classifier">Knows the classes of <see cref="SentenceText"/>.</param>
    /// <exception cref="ConfigException">It knows others.</exception>
    public SentenceChooser(TextClassifier classifier)
    {
        ArgumentNullException.ThrowIfNull(classifier);
        if (!classifier.Labels.Contains(SentenceText.Summary))
        {
            throw new ConfigException($"the classifier knows no class \"{SentenceText.Summary}\", so it cannot choose sentences; train one with data.train.documents");
        }

        this.classifier = classifier;
    }

    /// <inheritdoc/>
    public override IEnumerable<Summary> Summarize(IEnumerable<IReadOnlyList<string>> documents, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(documents);
        return documents.Select((sentences, i) => Choose(i + 1, sentences, cancellation));
    }

    private Summary Choose(long number, IReadOnlyList<string> sentences, CancellationToken cancellation)
    {
        Summary? best = null;
        foreach (ClassifiedText found in classifier.Classify(sentences.Select((_, i) => SentenceText.Of(sentences, i)), cancellation))
        {
            double probability = found.Classes.First(each => each.Label == SentenceText.Summary).Probability;
            if (best is null || probability > best.Score)
            {
                best = new Summary(number, sentences[(int)found.LineNumber - 1].ReplaceLineEndings(" "), probability, Warning: null);
            }
        }

        return best ?? new Summary(number, string.Empty, Score: 0, Warning: null);
    }
}
