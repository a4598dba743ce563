using System.Globalization;
using System.Text;
using static System.Net.WebUtility;

namespace Heed.Training.Compare.Report;

/// <summary>Draws a line chart as SVG: a colour, a dash and a marker for each architecture, so that none is told apart by colour alone.</summary>
internal sealed class SvgChart
{
    private const int Width = 720;
    private const int Height = 360;
    private const int Left = 62;
    private const int Right = 14;
    private const int Top = 14;
    private const int Bottom = 54;
    private const int MostNamed = 20;

    private static readonly string[] Dashes = ["", "7 3", "2 3", "10 3 2 3", "", "5 2", "12 4"];

    private readonly ChartSpec spec;
    private readonly IReadOnlyList<string> order;
    private readonly IReadOnlyList<double> measured;
    private readonly ChartAxis x;
    private readonly ChartAxis y;
    private readonly StringBuilder text = new();

    private SvgChart(ChartSpec spec, ILookup<string, Measurement> series, IReadOnlyList<string> order)
    {
        this.spec = spec;
        this.order = order;
        Measurement[] all = [.. series.SelectMany(points => points)];
        measured = [.. all.Select(point => point.X)];
        x = new ChartAxis(all.Select(point => point.X), spec.LogX);
        y = new ChartAxis(all.SelectMany(point => new[] { point.Value, point.Low ?? point.Value, point.High ?? point.Value }), spec.LogY, spec.YLeast, spec.YMost);
    }

    /// <summary>Draws a chart.</summary>
    /// <param name="spec">What it shows.</param>
    /// <param name="series">The points of each architecture.</param>
    /// <param name="order">All architectures of the report, which decides their colours.</param>
    public static string Draw(ChartSpec spec, ILookup<string, Measurement> series, IReadOnlyList<string> order)
    {
        var chart = new SvgChart(spec, series, order);
        chart.text.Append(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{HtmlEncode(spec.Title)}\">");
        chart.Grid();
        foreach (IGrouping<string, Measurement> points in series)
        {
            chart.Line(points.Key, [.. points.OrderBy(point => point.X)]);
        }

        chart.Marks();
        return chart.text.Append("</svg>").ToString();
    }

    /// <summary>A short piece of an architecture's line, for the legend.</summary>
    public static string Sample(int index) =>
        $"<svg class=\"sample\" viewBox=\"0 0 34 14\" aria-hidden=\"true\"><path class=\"line s{index % 8}\" stroke-dasharray=\"{Dashes[index % Dashes.Length]}\" d=\"M0 7H34\"/>{Marker(index, 17, 7)}</svg>";

    private void Grid()
    {
        foreach (double tick in y.Ticks())
        {
            double place = Y(tick);
            text.Append(CultureInfo.InvariantCulture, $"<path class=\"grid\" d=\"M{Left} {place:0.0}H{Width - Right}\"/><text x=\"{Left - 8}\" y=\"{place + 4:0.0}\" text-anchor=\"end\">{HtmlEncode(spec.Format(tick))}</text>");
        }

        bool isCurve = measured.Distinct().Count() > MostNamed; // where x is not a handful of chosen values, even numbers read better
        foreach (double tick in isCurve ? x.Ticks() : x.Among(measured))
        {
            text.Append(CultureInfo.InvariantCulture, $"<path class=\"grid\" d=\"M{X(tick):0.0} {Height - Bottom}v5\"/><text x=\"{X(tick):0.0}\" y=\"{Height - Bottom + 20}\" text-anchor=\"middle\">{ChartAxis.Format(tick)}</text>");
        }

        text.Append(CultureInfo.InvariantCulture, $"<text class=\"axis\" x=\"{(Left + Width - Right) / 2}\" y=\"{Height - 6}\" text-anchor=\"middle\">{HtmlEncode(spec.XLabel)}</text>");
    }

    // Drawn last, so that no line crosses the words.
    private void Marks()
    {
        if (spec.TrainedUpTo is { } trained)
        {
            text.Append(CultureInfo.InvariantCulture, $"<path class=\"mark\" d=\"M{X(trained):0.0} {Top}V{Height - Bottom}\"/><text class=\"axis\" x=\"{X(trained) + 5:0.0}\" y=\"{Height - Bottom - 7}\">not trained on →</text>");
        }

        if (spec.Chance is { } chance)
        {
            text.Append(CultureInfo.InvariantCulture, $"<path class=\"mark\" d=\"M{Left} {Y(chance):0.0}H{Width - Right}\"/><text class=\"axis\" x=\"{Width - Right - 4}\" y=\"{Y(chance) - 6:0.0}\" text-anchor=\"end\">guessing</text>");
        }
    }

    private void Line(string name, Measurement[] points)
    {
        int index = Math.Max(0, order.ToList().IndexOf(name));
        string path = string.Join(' ', points.Select((point, i) => string.Create(CultureInfo.InvariantCulture, $"{(i == 0 ? 'M' : 'L')}{X(point.X):0.0} {Y(point.Value):0.0}")));
        text.Append(CultureInfo.InvariantCulture, $"<g><title>{HtmlEncode(name)}</title>");
        foreach (Measurement point in points.Where(point => point.Low is not null))
        {
            text.Append(CultureInfo.InvariantCulture, $"<path class=\"whisker s{index % 8}\" d=\"M{X(point.X):0.0} {Y(point.Low!.Value):0.0}V{Y(point.High!.Value):0.0}\"/>");
        }

        text.Append(CultureInfo.InvariantCulture, $"<path class=\"line s{index % 8}\" stroke-dasharray=\"{Dashes[index % Dashes.Length]}\" d=\"{path}\"/>");
        int every = Math.Max(1, points.Length / 12);
        foreach ((int i, Measurement point) in points.Index().Where(point => point.Index % every == 0))
        {
            text.Append(Marker(index, X(point.X), Y(point.Value)));
        }

        text.Append("</g>");
    }

    private double X(double value) => Left + (x.Place(value) * (Width - Left - Right));

    private double Y(double value) => Height - Bottom - (y.Place(value) * (Height - Top - Bottom));

    private static string Marker(int index, double x, double y)
    {
        string shape = (index % 7) switch
        {
            0 => "m-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0",
            1 => "m-4 -4h8v8h-8z",
            2 => "m0 -5l5 9h-10z",
            3 => "m0 -5.5l5.5 5.5l-5.5 5.5l-5.5 -5.5z",
            4 => "m0 5l5 -9h-10z",
            5 => "m-5 -1.6h3.4v-3.4h3.2v3.4h3.4v3.2h-3.4v3.4h-3.2v-3.4h-3.4z",
            _ => "m0 -5.5l1.6 3.6l3.9 .4l-3 2.6l.9 3.9l-3.4 -2.1l-3.4 2.1l.9 -3.9l-3 -2.6l3.9 -.4z",
        };
        return string.Create(CultureInfo.InvariantCulture, $"<path class=\"marker s{index % 8}\" d=\"M{x:0.0} {y:0.0}{shape}\"/>");
    }
}
