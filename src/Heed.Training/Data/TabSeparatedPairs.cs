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
        long number = 0;
        foreach (string line in TextLineReader.ReadLines(path))
        {
            number++;
            yield return new SentencePair(Column(line, sourceColumn, number), Column(line, targetColumn, number));
        }
    }

    private string Column(string line, int column, long number)
    {
        var rest = line.AsSpan();
        for (int i = 1; i < column; i++)
        {
            int tab = rest.IndexOf('\t');
            if (tab < 0)
            {
                throw new InvalidDataException($"line {number} of {path} has {i} columns divided by tabs; expected at least {Math.Max(sourceColumn, targetColumn)}");
            }

            rest = rest[(tab + 1)..];
        }

        int end = rest.IndexOf('\t');
        return (end < 0 ? rest : rest[..end]).ToString();
    }
}
