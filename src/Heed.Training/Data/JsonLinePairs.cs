namespace Heed.Training.Data;

/// <summary>Two fields of a file with a JSON object a line.</summary>
internal sealed class JsonLinePairs(string path, string sourceField, string targetField) : ParallelText(Path.GetFileName(path))
{
    private protected override IEnumerable<SentencePair> ReadPairs() => JsonLine.Read(path).Select(line => new SentencePair(line.Text(sourceField), line.Text(targetField)));
}
