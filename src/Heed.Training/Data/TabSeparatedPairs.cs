using Heed.Text.IO;

namespace Heed.Training.Data;

/// <summary>Two columns of a file of columns divided by tabs.</summary>
internal sealed class TabSeparatedPairs : ParallelText
{
    private readonly string path;
    private readonly int sourceColumn;
    private readonly int targetColumn;

    public TabSeparatedPairs(string path, int sourceColumn, int targetColumn)
        : base(Path.GetFileName(path))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sourceColumn, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(targetColumn, 1);
        this.path = path;
        this.sourceColumn = sourceColumn;
        this.targetColumn = targetColumn;
    }

    private protected override IEnumerable<SentencePair> ReadPairs()
    {
        var columns = new TabColumns(path, Math.Max(sourceColumn, targetColumn));
        long number = 0;
        foreach (string line in TextLineReader.ReadLines(path))
        {
            number++;
            yield return new SentencePair(columns.Column(line, sourceColumn, number), columns.Column(line, targetColumn, number));
        }
    }
}
