using Heed.Text.IO;

namespace Heed.Training.Data.Labelled;

/// <summary>Two columns of a file of values divided by commas.</summary>
internal sealed class CsvLabels(string path, string textField, string labelField) : LabelledTexts(path)
{
    private protected override IEnumerable<LabelledText> ReadTexts()
    {
        int text = -1, label = -1, width = 0;
        foreach (CsvRow row in CsvRow.Read(FilePath))
        {
            if (width == 0)
            {
                width = row.Values.Length;
                text = Find(row, textField);
                label = Find(row, labelField);
                continue;
            }

            if (row.Values.Length != width)
            {
                throw new InvalidDataException($"line {row.Line} of {FilePath} has {row.Values.Length} values, but its first line names {width} columns; put values that hold commas in quotes");
            }

            yield return new LabelledText(row.Values[text], row.Values[label].Trim(), row.Line);
        }
    }

    private int Find(CsvRow header, string field)
    {
        int index = header.Values.IndexOf(field);
        return index >= 0 ? index : throw new InvalidDataException($"the first line of {FilePath} names no column \"{field}\"; its columns are {string.Join(", ", header.Values.Take(20).Select(Excerpt.Quote))}");
    }
}
