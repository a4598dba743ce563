namespace Heed.Training.Data.Labelled;

/// <summary>Texts with their classes in a file, plain or gzip, read as they are asked for.</summary>
public abstract class LabelledTexts
{
    private protected LabelledTexts(string path) => FilePath = path;

    /// <summary>The file, as messages name it.</summary>
    public string FilePath { get; }

    /// <summary>A file of columns divided by tabs, without quoting.</summary>
    /// <param name="path">The file.</param>
    /// <param name="textColumn">The column of the texts; the first is 1.</param>
    /// <param name="labelColumn">The column of the classes.</param>
    /// <param name="hasHeader">Whether the first line names the columns, and is passed over.</param>
    public static LabelledTexts FromTabSeparated(string path, int textColumn, int labelColumn, bool hasHeader = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(textColumn, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(labelColumn, 1);
        return new TabSeparatedLabels(path, textColumn, labelColumn, hasHeader);
    }

    /// <summary>A file of values divided by commas, quoted where they hold commas, quotes or line breaks; its first line names the columns.</summary>
    /// <param name="path">The file.</param>
    /// <param name="textField">The name of the column of the texts.</param>
    /// <param name="labelField">The name of the column of the classes.</param>
    public static LabelledTexts FromCsv(string path, string textField, string labelField) => new CsvLabels(path, textField, labelField);

    /// <summary>A file with a JSON object a line. A class may be a text, a number, true or false.</summary>
    /// <param name="path">The file.</param>
    /// <param name="textField">The field of the texts; <c>message.body</c> is a field within a field.</param>
    /// <param name="labelField">The field of the classes.</param>
    public static LabelledTexts FromJsonLines(string path, string textField, string labelField) => new JsonLabels(path, textField, labelField);

    /// <summary>The sentences of documents with summaries, in JSON lines: the one most like the summary is of the class <c>summary</c>, the others are of <c>other</c>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="documentField">The field of the documents: a text or a list of sentences.</param>
    /// <param name="summaryField">The field of the summaries: a text or a list of them.</param>
    public static LabelledTexts FromDocuments(string path, string documentField, string summaryField) => new DocumentLabels(path, documentField, summaryField);

    /// <summary>Reads all texts, from the start each time.</summary>
    /// <exception cref="InvalidDataException">The file is malformed, has no texts, or a text has an empty label; the message names the line.</exception>
    /// <exception cref="IOException">The file does not exist or cannot be read.</exception>
    public IEnumerable<LabelledText> Read()
    {
        bool any = false;
        foreach (LabelledText text in ReadTexts())
        {
            any = true;
            yield return text.Label.Length > 0 ? text : throw new InvalidDataException($"line {text.Line} of {FilePath} has an empty label; name its class, or leave the line out");
        }

        if (!any)
        {
            throw new InvalidDataException($"{FilePath} holds no texts; expected one labelled text at least");
        }
    }

    private protected abstract IEnumerable<LabelledText> ReadTexts();
}
