using Heed.Models.Classification;
using Heed.Models.Configuration;
using Heed.Models.Pretrained;

namespace Heed.Models.Summarizing;

/// <summary>Makes a summary of each document of a stream. A document's summary has the same bits whatever documents stand around it.</summary>
public abstract class DocumentSummarizer
{
    private protected DocumentSummarizer()
    {
    }

    /// <summary>Summarises documents. Nothing is read or computed before the result is enumerated.</summary>
    /// <param name="documents">The sentences of each document; there may be none.</param>
    /// <param name="cancellation">Ends the work before the next document.</param>
    /// <returns>One summary for each document, in the same order.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was cancelled.</exception>
    /// <exception cref="NotFiniteNumberException">The model's scores are not numbers: it is damaged.</exception>
    public abstract IEnumerable<Summary> Summarize(IEnumerable<IReadOnlyList<string>> documents, CancellationToken cancellation = default);

    /// <summary>Whether a folder holds a classifier, which chooses sentences, and not a model that writes.</summary>
    /// <param name="folder">The folder.</param>
    public static bool IsChooser(string folder) => PretrainedModel.IsKnown(folder) && PretrainedModel.DescribesClassifier(folder);

    /// <summary>Loads a classifier that chooses sentences.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="ConfigException">It knows other classes.</exception>
    /// <exception cref="InvalidDataException">A file is missing or malformed.</exception>
    public static DocumentSummarizer LoadChooser(string folder) => new SentenceChooser(TextClassifier.Load(folder));
}
