using System.Globalization;
using System.Text;
using static System.Net.WebUtility;

namespace Heed.Training.Compare.Report;

/// <summary>Draws a bar for each of some names as SVG, with its interval and its number, and a mark where the published number lies.</summary>
internal static class SvgBars
{
    /// <summary>The name under which published numbers are given.</summary>
    public const string Published = "published";

    private const int Width = 720;
    private const int Left = 150;
    private const int Right = 96;
    private const int Top = 10;
    private const int RowHeight = 48;
    private const int BarHeight = 22;
    private const int Bottom = 44;

    /// <summary>Draws a chart.</summary>
    /// <param name="spec">What it shows.</param>
    /// <param name="series">One measurement for each name, and those of <see cref="Published"/> at the same x.</param>
    /// <param name="order">All architectures of the report, which decides their colours.</param>
    public static string Draw(ChartSpec spec, ILookup<string, Measurement> series, IReadOnlyList<string> order)
    {
        Measurement[] bars = [.. series.Where(points => points.Key != Published).SelectMany(points => points).OrderBy(point => point.X)];
        int foot = Top + (bars.Length * RowHeight);
        var x = new ChartAxis(series.SelectMany(points => points).Select(point => point.High ?? point.Value), isLogarithmic: false, least: 0);
        double Place(double value) => Left + (x.Place(value) * (Width - Left - Right));

        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {Width} {foot + Bottom}\" role=\"img\" aria-label=\"{HtmlEncode(spec.Title)}\">");
        foreach (double tick in x.Ticks())
        {
            text.Append(CultureInfo.InvariantCulture, $"<path class=\"grid\" d=\"M{Place(tick):0.0} {Top}V{foot}\"/><text x=\"{Place(tick):0.0}\" y=\"{foot + 20}\" text-anchor=\"middle\">{HtmlEncode(spec.Format(tick))}</text>");
        }

        foreach ((int row, Measurement bar) in bars.Index())
        {
            double middle = Top + ((row + 0.5) * RowHeight);
            int color = Math.Max(0, order.ToList().IndexOf(bar.Architecture)) % 8;
            text.Append(CultureInfo.InvariantCulture, $"<g><title>{HtmlEncode(bar.Architecture)}</title><text x=\"{Left - 10}\" y=\"{middle + 5:0.0}\" text-anchor=\"end\">{HtmlEncode(bar.Architecture)}</text>")
                .Append(CultureInfo.InvariantCulture, $"<path class=\"bar s{color}\" d=\"M{Left} {middle - (BarHeight / 2.0):0.0}H{Place(bar.Value):0.0}v{BarHeight}H{Left}z\"/>");
            if (bar is { Low: { } low, High: { } high })
            {
                text.Append(CultureInfo.InvariantCulture, $"<path class=\"interval\" d=\"M{Place(low):0.0} {middle - 4:0.0}v8m0 -4H{Place(high):0.0}m0 -4v8\"/>");
            }

            if (series[Published].FirstOrDefault(point => point.X == bar.X) is { } published)
            {
                text.Append(CultureInfo.InvariantCulture, $"<path class=\"published\" d=\"M{Place(published.Value):0.0} {middle - (BarHeight / 2.0) - 6:0.0}v{BarHeight + 12}\"/>");
            }

            text.Append(CultureInfo.InvariantCulture, $"<text x=\"{Place(bar.High ?? bar.Value) + 8:0.0}\" y=\"{middle + 5:0.0}\">{bar.Value:0.0}</text></g>");
        }

        text.Append(CultureInfo.InvariantCulture, $"<text class=\"axis\" x=\"{(Left + Width - Right) / 2}\" y=\"{foot + Bottom - 4}\" text-anchor=\"middle\">{HtmlEncode(spec.XLabel)}</text>");
        return text.Append("</svg>").ToString();
    }
}
