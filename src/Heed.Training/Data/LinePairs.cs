using Heed.Text.IO;

namespace Heed.Training.Data;

/// <summary>Two files whose lines belong together by number.</summary>
internal sealed class LinePairs(string sourcePath, string targetPath)
    : ParallelText($"{Path.GetFileName(sourcePath)} and {Path.GetFileName(targetPath)}")
{
    private protected override IEnumerable<SentencePair> ReadPairs()
    {
        using var sources = new TextLineReader(sourcePath);
        using var targets = new TextLineReader(targetPath);
        while (true)
        {
            string? source = sources.ReadLine();
            string? target = targets.ReadLine();
            if (source is null && target is null)
            {
                yield break;
            }

            if (source is null || target is null)
            {
                throw new InvalidDataException(
                    $"{sourcePath} has {sources.CountLines()} lines, but {targetPath} has {targets.CountLines()}; " +
                    "line n of one must be the translation of line n of the other");
            }

            yield return new SentencePair(source, target);
        }
    }
}
