using Heed.Text.IO;
using Heed.Text.Sentences;

namespace Heed.Training.Data.Documents;

/// <summary>A document and the summaries that people wrote of it.</summary>
/// <param name="Sentences">The document's sentences.</param>
/// <param name="Summaries">Its summaries; one at least.</param>
public sealed record DocumentText(IReadOnlyList<string> Sentences, IReadOnlyList<string> Summaries)
{
    /// <summary>The whole document.</summary>
    public string Text { get; } = string.Join(' ', Sentences);

    /// <summary>Reads documents from JSON lines.</summary>
    /// <param name="path">The file, plain or gzip.</param>
    /// <param name="documentField">The field of the document: a text, which is divided into sentences, or a list of sentences.</param>
    /// <param name="summaryField">The field of the summary: a text, or a list of them.</param>
    /// <exception cref="InvalidDataException">A line is malformed, a document or a summary is empty, or there are no lines; the message names the line.</exception>
    public static IReadOnlyList<DocumentText> Read(string path, string documentField, string summaryField)
    {
        DocumentText[] documents = [.. JsonLine.Read(path).Select(line =>
        {
            IReadOnlyList<string> document = line.Texts(documentField);
            string[] sentences = [.. (document.Count == 1 ? SentenceSplitter.Split(document[0]) : document).Select(OneLine).Where(sentence => sentence.Length > 0)];
            string[] summaries = [.. line.Texts(summaryField).Select(OneLine).Where(summary => summary.Length > 0)];
            return sentences.Length == 0 ? throw line.Error($"has an empty document in field {Excerpt.Quote(documentField)}")
                : summaries.Length == 0 ? throw line.Error($"has no summary in field {Excerpt.Quote(summaryField)}")
                : new DocumentText(sentences, summaries);
        })];
        return documents.Length > 0 ? documents : throw new InvalidDataException($"{path} holds no documents; expected one JSON object a line");
    }

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
