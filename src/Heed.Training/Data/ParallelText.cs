namespace Heed.Training.Data;

/// <summary>Sentence pairs in files, read as they are asked for: a corpus need not fit in memory.</summary>
/// <remarks>
/// Every file may be gzip, whatever its name. Text must be UTF-8; a byte-order mark and CR LF line ends do no harm. Pairs come in
/// the order of the file's lines, one pair a line, so the n-th pair is the one of line n. Line ends inside a sentence are not
/// possible in any of the forms but JSON lines.
/// </remarks>
public abstract class ParallelText
{
    private protected ParallelText(string description)
    {
        Description = description;
    }

    /// <summary>The files, as a message names them: <c>train.de and train.en</c>.</summary>
    public string Description { get; }

    /// <summary>Two files with a sentence a line, line n of one being the translation of line n of the other.</summary>
    /// <param name="sourcePath">The sentences to translate.</param>
    /// <param name="targetPath">Their translations.</param>
    public static ParallelText FromFiles(string sourcePath, string targetPath) => new LinePairs(sourcePath, targetPath);

    /// <summary>One file of columns divided by tabs, without quoting or a heading.</summary>
    /// <param name="path">The file.</param>
    /// <param name="sourceColumn">The column of the sentences to translate; the first is 1.</param>
    /// <param name="targetColumn">The column of their translations.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is less than 1.</exception>
    public static ParallelText FromTabSeparated(string path, int sourceColumn = 1, int targetColumn = 2) =>
        new TabSeparatedPairs(path, sourceColumn, targetColumn);

    /// <summary>One file with a JSON object a line.</summary>
    /// <param name="path">The file.</param>
    /// <param name="sourceField">The field of the sentences to translate; <c>translation.de</c> is a field within a field.</param>
    /// <param name="targetField">The field of their translations.</param>
    public static ParallelText FromJsonLines(string path, string sourceField, string targetField) =>
        new JsonLinePairs(path, sourceField, targetField);

    /// <summary>Reads all pairs, from the start each time.</summary>
    /// <exception cref="InvalidDataException">A file is malformed or has no lines, or two files have unequal numbers of lines; the
    /// message names the file, the line and the mend.</exception>
    /// <exception cref="IOException">A file does not exist or cannot be read.</exception>
    public IEnumerable<SentencePair> Read()
    {
        bool any = false;
        foreach (var pair in ReadPairs())
        {
            any = true;
            yield return pair;
        }

        if (!any)
        {
            throw new InvalidDataException($"{Description}: there are no lines; expected at least one sentence pair");
        }
    }

    private protected abstract IEnumerable<SentencePair> ReadPairs();
}
