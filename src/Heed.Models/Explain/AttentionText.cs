using System.Globalization;
using System.Text;

namespace Heed.Models.Explain;

/// <summary>Prints an attention map as a small heat map of shaded blocks, for a terminal.</summary>
/// <remarks>
/// A row is a token that looks, a column a token looked at, its letters written downwards. Beside each row stands the
/// token it takes most from, and how much. A map wider than the terminal is printed in parts, one below the other.
/// </remarks>
public static class AttentionText
{
    /// <summary>The narrowest width that still holds a label, one column and the strongest token.</summary>
    public const int NarrowestWidth = 34;

    private const int LongestLabel = 12;
    private const int LongestColumnLabel = 8;
    private const int CellWidth = 2; // a wide character fits into one cell
    private const int StrongestLabel = 10;
    private const int StrongestWidth = 2 + StrongestLabel + 1 + 4; // gap, token, blank, ".000"

    private static readonly (double From, char Shade)[] Shades = [(0.6, '█'), (0.35, '▓'), (0.15, '▒'), (0.05, '░'), (0, ' ')];

    /// <summary>The map of a self-attention head as lines of text: the same tokens look and are looked at.</summary>
    /// <param name="tokens">The tokens of both axes.</param>
    /// <param name="weights">The weights, [tokens, tokens].</param>
    /// <param name="width">How many columns the terminal has; less than <see cref="NarrowestWidth"/> counts as that.</param>
    /// <returns>Lines of at most that width, each ended by a line feed.</returns>
    /// <exception cref="ArgumentException">The weights do not fit the tokens.</exception>
    public static string Render(IReadOnlyList<string> tokens, float[,] weights, int width = 80) =>
        Render(tokens, tokens, weights, width);

    /// <summary>The map as lines of text.</summary>
    /// <param name="queryTokens">The tokens that look: the rows.</param>
    /// <param name="keyTokens">The tokens looked at: the columns.</param>
    /// <param name="weights">The weights, [queries, keys].</param>
    /// <param name="width">How many columns the terminal has; less than <see cref="NarrowestWidth"/> counts as that.</param>
    /// <returns>Lines of at most that width, each ended by a line feed.</returns>
    /// <exception cref="ArgumentException">The weights do not fit the tokens.</exception>
    public static string Render(
        IReadOnlyList<string> queryTokens, IReadOnlyList<string> keyTokens, float[,] weights, int width = 80)
    {
        ArgumentNullException.ThrowIfNull(queryTokens);
        ArgumentNullException.ThrowIfNull(keyTokens);
        ArgumentNullException.ThrowIfNull(weights);
        if (weights.GetLength(0) != queryTokens.Count || weights.GetLength(1) != keyTokens.Count)
        {
            throw new ArgumentException(
                $"weights are [{weights.GetLength(0)}, {weights.GetLength(1)}] but there are {queryTokens.Count} tokens that look and {keyTokens.Count} looked at");
        }

        if (queryTokens.Count == 0 || keyTokens.Count == 0)
        {
            return "";
        }

        var labelWidth = Math.Min(LongestLabel, queryTokens.Max(DisplayWidth));
        var columns = (Math.Max(width, NarrowestWidth) - labelWidth - 1 - StrongestWidth) / CellWidth;
        var text = new StringBuilder();
        for (var first = 0; first < keyTokens.Count; first += columns)
        {
            var count = Math.Min(columns, keyTokens.Count - first);
            AppendColumnLabels(text, keyTokens.Skip(first).Take(count).ToArray(), labelWidth);
            for (var query = 0; query < queryTokens.Count; query++)
            {
                AppendRow(text, queryTokens[query], keyTokens, weights, query, first, count, labelWidth);
            }

            text.Append('\n');
        }

        return text.Append("░ from .05  ▒ from .15  ▓ from .35  █ from .60\n").ToString();
    }

    /// <summary>Writes the labels downwards, their last letters just above the cells.</summary>
    private static void AppendColumnLabels(StringBuilder text, IReadOnlyList<string> tokens, int labelWidth)
    {
        var labels = tokens.Select(ConsoleText.Letters).Select(Shortened).ToArray();
        var height = labels.Max(label => label.Count);
        for (var line = 0; line < height; line++)
        {
            var row = new StringBuilder().Append(' ', labelWidth + 1);
            foreach (var label in labels)
            {
                var letter = line - (height - label.Count);
                var shown = letter >= 0 ? label[letter] : " ";
                row.Append(shown).Append(' ', CellWidth - ConsoleText.Width(shown));
            }

            text.Append(row.ToString().TrimEnd()).Append('\n');
        }
    }

    private static void AppendRow(
        StringBuilder text, string token, IReadOnlyList<string> keyTokens, float[,] weights, int query, int first, int count, int labelWidth)
    {
        text.Append(ConsoleText.Fit(token, labelWidth, right: true)).Append(' ');
        for (var key = first; key < first + count; key++)
        {
            text.Append(ShadeOf(weights[query, key]), CellWidth);
        }

        var strongest = 0;
        for (var key = 1; key < keyTokens.Count; key++)
        {
            if (weights[query, key] > weights[query, strongest])
            {
                strongest = key;
            }
        }

        var weight = Math.Round(weights[query, strongest], 2, MidpointRounding.AwayFromZero);
        text.Append("  ").Append(ConsoleText.Fit(keyTokens[strongest], StrongestLabel)).Append(' ')
            .Append(weight.ToString("0.00", CultureInfo.InvariantCulture)).Append('\n');
    }

    private static char ShadeOf(float weight)
    {
        foreach (var (from, shade) in Shades)
        {
            if (weight >= from)
            {
                return shade;
            }
        }

        return ' ';
    }

    private static int DisplayWidth(string token) => ConsoleText.Letters(token).Sum(ConsoleText.Width);

    private static IReadOnlyList<string> Shortened(IReadOnlyList<string> letters) =>
        letters.Count <= LongestColumnLabel ? letters : [.. letters.Take(LongestColumnLabel - 1), "…"];
}
