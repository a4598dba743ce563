using Heed.Models.Summarizing;
using Heed.Training.Data.Documents;

namespace Heed.Training.Data.Labelled;

/// <summary>The sentences of documents, labelled by whether they are the ones most like the documents' summaries.</summary>
internal sealed class DocumentLabels(string path, string documentField, string summaryField) : LabelledTexts(path)
{
    private protected override IEnumerable<LabelledText> ReadTexts()
    {
        long number = 0;
        foreach (DocumentText document in DocumentText.Read(FilePath, documentField, summaryField))
        {
            number++;
            int best = BestSentence.IndexOf(document);
            for (int i = 0; i < document.Sentences.Count; i++)
            {
                yield return new LabelledText(SentenceText.Of(document.Sentences, i), i == best ? SentenceText.Summary : SentenceText.Other, number);
            }
        }
    }
}
