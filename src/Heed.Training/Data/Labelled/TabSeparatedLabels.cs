using Heed.Text.IO;

namespace Heed.Training.Data.Labelled;

/// <summary>Two columns of a file of columns divided by tabs.</summary>
internal sealed class TabSeparatedLabels(string path, int textColumn, int labelColumn, bool hasHeader) : LabelledTexts(path)
{
    private protected override IEnumerable<LabelledText> ReadTexts()
    {
        var columns = new TabColumns(FilePath, Math.Max(textColumn, labelColumn));
        long number = 0;
        foreach (string line in TextLineReader.ReadLines(FilePath))
        {
            number++;
            if (number > 1 || !hasHeader)
            {
                yield return new LabelledText(columns.Column(line, textColumn, number), columns.Column(line, labelColumn, number).Trim(), number);
            }
        }
    }
}
