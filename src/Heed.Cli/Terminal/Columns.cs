namespace Heed.Cli.Terminal;

/// <summary>Rows of text in columns as wide as their widest cell, never cut, so that a program can read them too.</summary>
internal static class Columns
{
    /// <summary>Writes rows that have the same number of cells.</summary>
    /// <param name="writer">Where they go.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="rightAligned">The number of the column that is aligned to the right, as numbers are; -1 for none.</param>
    public static void Write(TextWriter writer, IReadOnlyList<string[]> rows, int rightAligned = -1)
    {
        if (rows.Count == 0)
        {
            return;
        }

        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
        foreach (string[] row in rows)
        {
            IEnumerable<string> cells = row.Select((cell, column) => column == rightAligned ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]));
            writer.WriteLine(string.Join("   ", cells).TrimEnd());
        }
    }
}
