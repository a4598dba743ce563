using System.Globalization;
using System.Net;
using System.Text;

namespace Heed.Models.Explain;

/// <summary>Draws attention weights as one SVG picture for documents and papers, readable on light and on dark pages.</summary>
/// <remarks>
/// Weights are rounded to the two digits that are printed before they are coloured, so that the picture is the same on
/// processors whose last bits differ. <see cref="AttentionPage"/> is the kind to explore.
/// </remarks>
public static class AttentionPicture
{
    private const int RowHeight = 26;
    private const int Gap = 28;
    private const int WidestPicture = 960;
    private const double LetterWidth = 7;

    /// <summary>Draws panels side by side, in as many rows as they need.</summary>
    /// <param name="description">What the picture shows, for those who cannot see it.</param>
    /// <param name="panels">The maps.</param>
    /// <returns>An SVG document.</returns>
    /// <exception cref="ArgumentException">A map's weights do not fit its tokens.</exception>
    public static string Draw(string description, params ReadOnlySpan<AttentionPanel> panels)
    {
        var body = new StringBuilder();
        var steps = new List<int>();
        double x = 0, y = 0, widest = 0, rowHeight = 0;
        foreach (AttentionPanel panel in panels)
        {
            Guard(panel);
            var box = new Box(panel);
            if (x > 0 && x + box.Width > WidestPicture)
            {
                (x, y, rowHeight) = (0, y + rowHeight + Gap, 0);
            }

            DrawPanel(body, steps, panel, box, x, y);
            widest = Math.Max(widest, x + box.Width);
            rowHeight = Math.Max(rowHeight, box.Height);
            x += box.Width + Gap;
        }

        string size = Invariant($"viewBox=\"0 0 {widest} {y + rowHeight}\" width=\"{widest}\" height=\"{y + rowHeight}\"");
        return $"<svg xmlns=\"http://www.w3.org/2000/svg\" {size} role=\"img\"><title>{WebUtility.HtmlEncode(description)}</title><style>{PictureColours.Rules(steps)}</style>\n{body}</svg>\n";
    }

    private static void DrawPanel(StringBuilder body, List<int> steps, AttentionPanel panel, Box box, double x, double y)
    {
        double left = x + box.Left, top = y + (2 * RowHeight);
        Text(body, left, y + (RowHeight / 2.0), "start", "title", panel.Title);
        for (int key = 0; key < panel.Keys.Count; key++)
        {
            Text(body, left + ((key + 0.5) * box.CellWidth), top - (RowHeight / 2.0), "middle", null, panel.Keys[key]);
        }

        for (int query = 0; query < panel.Queries.Count; query++)
        {
            double middle = top + ((query + 0.5) * RowHeight);
            Text(body, left - 8, middle, "end", null, panel.Queries[query]);
            for (int key = 0; key < panel.Keys.Count; key++)
            {
                DrawCell(body, steps, panel.Weights[query, key], left + (key * box.CellWidth), middle, box.CellWidth);
            }

            body.Append('\n');
        }
    }

    private static void DrawCell(StringBuilder body, List<int> steps, float weight, double x, double middle, double width)
    {
        double rounded = Math.Round(weight, 2);
        int step = PictureColours.StepOf(rounded);
        string fill = weight == 0 ? "hidden" : $"c{step}";
        body.Append(Invariant($"<rect class=\"{fill}\" x=\"{x + 1}\" y=\"{middle - (RowHeight / 2.0) + 1}\" width=\"{width - 2}\" height=\"{RowHeight - 2}\" rx=\"3\"/>"));
        if (weight != 0)
        {
            steps.Add(step);
            string digits = rounded.ToString("0.00", CultureInfo.InvariantCulture);
            Text(body, x + (width / 2), middle, "middle", $"number n{step}", digits.StartsWith('0') ? digits[1..] : digits);
        }
    }

    private static void Text(StringBuilder body, double x, double y, string anchor, string? classes, string text)
    {
        string look = classes is null ? string.Empty : $" class=\"{classes}\"";
        body.Append(Invariant($"<text{look} x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\" dominant-baseline=\"central\">")).Append(WebUtility.HtmlEncode(text)).Append("</text>");
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    private static void Guard(AttentionPanel panel)
    {
        if (panel.Weights.GetLength(0) != panel.Queries.Count || panel.Weights.GetLength(1) != panel.Keys.Count)
        {
            throw new ArgumentException($"the map '{panel.Title}' has [{panel.Weights.GetLength(0)}, {panel.Weights.GetLength(1)}] weights for {panel.Queries.Count} queries and {panel.Keys.Count} keys");
        }
    }

    /// <summary>The sizes of a panel, in pixels.</summary>
    private readonly struct Box(AttentionPanel panel)
    {
        public double CellWidth { get; } = Math.Max(36, Longest(panel.Keys) + 8);

        public double Left { get; } = Longest(panel.Queries) + 12;

        public double Width => Math.Max(Left + (panel.Keys.Count * CellWidth), Left + Longest([panel.Title]));

        public double Height => (2 + panel.Queries.Count) * RowHeight;

        private static double Longest(IEnumerable<string> labels) => LetterWidth * labels.Max(label => label.Length);
    }
}
