namespace Heed.Models.Configuration;

/// <summary>Finds the valid name that a mistyped one was probably meant to be.</summary>
public static class Suggestion
{
    /// <summary>The nearest of the valid names, or null where none is near.</summary>
    /// <param name="name">The name as it was typed.</param>
    /// <param name="valid">The names that there are.</param>
    public static string? Nearest(string name, IEnumerable<string> valid)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(valid);
        string plain = Plain(name);
        var best = valid.Select(v => (Name: v, Distance: Distance(plain, Plain(v)))).DefaultIfEmpty().MinBy(v => v.Distance);
        return best.Name is not null && best.Distance <= Math.Max(1, plain.Length / 3) ? best.Name : null;
    }

    /// <summary>Words in one spelling: <c>d_model</c>, <c>d-model</c> and <c>dModel</c> are the same.</summary>
    internal static string Plain(string name) => string.Concat(name.Where(c => c is not ('_' or '-'))).ToLowerInvariant();

    /// <summary>The edits (insert, delete, replace, swap two neighbours) from one text to the other.</summary>
    private static int Distance(string a, string b)
    {
        // A key longer than any real one cannot be near, and would make the table large.
        if (Math.Abs(a.Length - b.Length) > b.Length)
        {
            return int.MaxValue;
        }

        int[,] table = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    table[i, j] = i + j;
                    continue;
                }

                int cost = a[i - 1] == b[j - 1] ? 0 : 1;
                int best = Math.Min(Math.Min(table[i - 1, j], table[i, j - 1]) + 1, table[i - 1, j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    best = Math.Min(best, table[i - 2, j - 2] + 1);
                }

                table[i, j] = best;
            }
        }

        return table[a.Length, b.Length];
    }
}
