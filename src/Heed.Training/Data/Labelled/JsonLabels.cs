namespace Heed.Training.Data.Labelled;

/// <summary>Two fields of a file with a JSON object a line.</summary>
internal sealed class JsonLabels(string path, string textField, string labelField) : LabelledTexts(path)
{
    private protected override IEnumerable<LabelledText> ReadTexts() =>
        JsonLine.Read(FilePath).Select(line => new LabelledText(line.Text(textField), line.Scalar(labelField).Trim(), line.Number));
}
