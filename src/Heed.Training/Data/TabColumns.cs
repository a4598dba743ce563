namespace Heed.Training.Data;

/// <summary>Finds columns of lines that are divided by tabs, and says which line has too few.</summary>
/// <param name="path">The file, for the message.</param>
/// <param name="fewest">How many columns every line must have.</param>
internal sealed class TabColumns(string path, int fewest)
{
    /// <summary>One column of a line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="column">Its number; the first is 1.</param>
    /// <param name="number">The line's number, for the message.</param>
    /// <exception cref="InvalidDataException">The line has fewer columns.</exception>
    public string Column(string line, int column, long number)
    {
        ReadOnlySpan<char> rest = line;
        for (int i = 1; i < column; i++)
        {
            int tab = rest.IndexOf('\t');
            if (tab < 0)
            {
                throw new InvalidDataException($"line {number} of {path} has {i} columns divided by tabs; expected at least {fewest}");
            }

            rest = rest[(tab + 1)..];
        }

        int end = rest.IndexOf('\t');
        return (end < 0 ? rest : rest[..end]).ToString();
    }
}
