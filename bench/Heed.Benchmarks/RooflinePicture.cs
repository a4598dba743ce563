using System.Globalization;
using System.Net;
using System.Text;

namespace Heed.Benchmarks;

/// <summary>What a point of the roofline picture is.</summary>
internal enum RooflineKind
{
    /// <summary>A matrix product.</summary>
    Product,

    /// <summary>Attention.</summary>
    Attention,

    /// <summary>Steps of cached decoding.</summary>
    Decoding,

    /// <summary>A kernel that goes over rows or elements.</summary>
    RowKernel,
}

/// <summary>Draws the roofline: both axes logarithmic, one file for light and dark pages.</summary>
internal sealed class RooflinePicture
{
    private const double Width = 960, Height = 640;
    private const double Left = 70, Right = 940, Top = 64, Bottom = 580;
    private const double LeastIntensity = 1.0 / 16, MostIntensity = 1024;
    private const double LetterWidth = 7.2, LetterHeight = 12;
    private const double Radius = 5;

    private const double RoofTextAbove = 7;

    private readonly List<Point> points = [];
    private readonly List<Box> taken = []; // where no label may stand

    /// <summary>What the machine can do at most.</summary>
    public MachinePeaks? Peaks { get; set; }

    private double MostRate => 1.6 * Peaks!.GigaflopsPerSecond;

    private double LeastRate => points.Select(point => point.Rate).DefaultIfEmpty(2).Min() / 2;

    /// <summary>Adds a measured kernel.</summary>
    /// <param name="name">Its label.</param>
    /// <param name="kind">Decides its colour.</param>
    /// <param name="intensity">Operations for each byte that must move.</param>
    /// <param name="rate">Billions of operations in a second.</param>
    public void Add(string name, RooflineKind kind, double intensity, double rate) => points.Add(new Point(name, kind, intensity, rate));

    public string ToSvg()
    {
        MachinePeaks peaks = Peaks ?? throw new InvalidOperationException("the peaks are measured before the picture is drawn");
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $$"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {{Width}} {{Height}}" font-family="system-ui, sans-serif" font-size="12" role="img" aria-label="Roofline: operations per second of each kernel against operations per byte">
            <style>
              svg { --ink: #1b1f24; --faint: #d5dae0; --ground: #ffffff; --k0: #0b57d0; --k1: #b3261e; --k2: #146c2e; --k3: #7a4f01; }
              @media (prefers-color-scheme: dark) { svg { --ink: #e6e9ee; --faint: #3a414a; --ground: #14181d; --k0: #8ab4f8; --k1: #f2938c; --k2: #81c995; --k3: #f0c36d; } }
              text { fill: var(--ink); stroke: var(--ground); stroke-width: 3px; paint-order: stroke; stroke-linejoin: round; } .grid { stroke: var(--faint); } .roof { stroke: var(--ink); stroke-width: 2; fill: none; } .leader { stroke: var(--ink); stroke-opacity: 0.35; }
              .k0 { fill: var(--k0); } .k1 { fill: var(--k1); } .k2 { fill: var(--k2); } .k3 { fill: var(--k3); }
            </style>
            <rect width="{{Width}}" height="{{Height}}" fill="var(--ground)"/>

            """);
        AppendAxes(svg);
        AppendRoofs(svg, peaks);
        AppendPoints(svg);
        AppendLegend(svg, peaks);
        return svg.Append("</svg>\n").ToString();
    }

    private void AppendAxes(StringBuilder svg)
    {
        for (double intensity = LeastIntensity; intensity <= MostIntensity; intensity *= 4)
        {
            string label = intensity < 1 ? $"1/{Number(1 / intensity)}" : Number(intensity);
            Line(svg, "grid", X(intensity), Top, X(intensity), Bottom);
            Text(svg, X(intensity), Bottom + 18, "middle", label);
        }

        for (double rate = Math.Pow(10, Math.Ceiling(Math.Log10(LeastRate))); rate <= MostRate; rate *= 10)
        {
            Line(svg, "grid", Left, Y(rate), Right, Y(rate));
            Text(svg, Left - 8, Y(rate) + 4, "end", Number(rate));
        }

        Text(svg, (Left + Right) / 2, Bottom + 42, "middle", "operations per byte that must move (operands and results, once each)");
        svg.Append(CultureInfo.InvariantCulture, $"<text transform=\"translate(20 {(Top + Bottom) / 2:0}) rotate(-90)\" text-anchor=\"middle\">GFLOP/s</text>\n");
    }

    private void AppendRoofs(StringBuilder svg, MachinePeaks peaks)
    {
        Roof(svg, peaks.GigaflopsPerSecond, peaks.MemoryGigabytesPerSecond, dashed: false, "memory", nameAt: 0.25);
        Roof(svg, peaks.GigaflopsPerSecond, peaks.CacheGigabytesPerSecond, dashed: true, "second-level cache", nameAt: 0.7);
        string flops = $"fused multiply-adds in registers, {Number(peaks.GigaflopsPerSecond)} GFLOP/s";
        double top = Y(peaks.GigaflopsPerSecond) - RoofTextAbove;
        Text(svg, Right - 4, top, "end", flops);
        taken.Add(new Box(Right - 4 - (flops.Length * LetterWidth), top - LetterHeight, flops.Length * LetterWidth, LetterHeight));
    }

    private void Roof(StringBuilder svg, double flops, double bandwidth, bool dashed, string name, double nameAt)
    {
        double start = Math.Max(LeastIntensity, LeastRate / bandwidth);
        double ridge = flops / bandwidth;
        svg.Append(CultureInfo.InvariantCulture, $"<path class=\"roof\"{(dashed ? " stroke-dasharray=\"5 4\"" : "")} d=\"M{X(start):0.0} {Y(start * bandwidth):0.0} L{X(ridge):0.0} {Y(flops):0.0} L{Right} {Y(flops):0.0}\"/>\n");
        double angle = -Math.Atan2(Y(1) - Y(2), X(2) - X(1));
        double at = Math.Exp(((1 - nameAt) * Math.Log(start)) + (nameAt * Math.Log(ridge)));
        string text = $"{name}, {Number(bandwidth)} GB/s";
        svg.Append(CultureInfo.InvariantCulture, $"<text transform=\"translate({X(at):0.0} {Y(at * bandwidth) - RoofTextAbove:0.0}) rotate({angle * 180 / Math.PI:0.0})\" text-anchor=\"middle\">{text}</text>\n");
        Take(X(start), Y(start * bandwidth), X(ridge), Y(flops), thickness: 4);
        Take(X(ridge), Y(flops), Right, Y(flops), thickness: 4);
        double half = text.Length * LetterWidth / 2;
        double middle = Y(at * bandwidth) - RoofTextAbove - (LetterHeight / 3);
        Take(X(at) - (half * Math.Cos(angle)), middle - (half * Math.Sin(angle)), X(at) + (half * Math.Cos(angle)), middle + (half * Math.Sin(angle)), LetterHeight);
    }

    // A slanted line as a row of small boxes.
    private void Take(double x1, double y1, double x2, double y2, double thickness)
    {
        int steps = 1 + (int)(Math.Max(Math.Abs(x2 - x1), Math.Abs(y2 - y1)) / 4);
        for (int i = 0; i <= steps; i++)
        {
            taken.Add(new Box(x1 + ((x2 - x1) * i / steps) - (thickness / 2), y1 + ((y2 - y1) * i / steps) - (thickness / 2), thickness, thickness));
        }
    }

    // Each label stands where it covers no point, line or other label, as near to its point as there is room.
    private void AppendPoints(StringBuilder svg)
    {
        taken.AddRange(points.Select(point => new Box(X(point.Intensity) - Radius, Y(point.Rate) - Radius, 2 * Radius, 2 * Radius)));
        foreach (Point point in points.OrderByDescending(point => point.Rate))
        {
            (double x, double y) = (X(point.Intensity), Y(point.Rate));
            Box label = Places(x, y, point.Name.Length * LetterWidth).FirstOrDefault(place => !taken.Exists(place.Overlaps), new Box(x, y, 0, 0));
            taken.Add(label);
            double nearest = Math.Clamp(x, label.X, label.X + label.Width);
            if (Math.Abs(label.Y + (label.Height / 2) - y) > LetterHeight * 1.5)
            {
                Line(svg, "leader", x, y, nearest, label.Y > y ? label.Y : label.Y + label.Height);
            }

            svg.Append(CultureInfo.InvariantCulture, $"<text class=\"k{(int)point.Kind}\" x=\"{label.X:0.0}\" y=\"{label.Y + LetterHeight - 2:0.0}\">{WebUtility.HtmlEncode(point.Name)}</text>\n");
        }

        foreach (Point point in points)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<circle class=\"k{(int)point.Kind}\" cx=\"{X(point.Intensity):0.0}\" cy=\"{Y(point.Rate):0.0}\" r=\"{Radius}\"/>\n");
        }
    }

    // Right of the point, left of it, below and above; then the same further away.
    private static IEnumerable<Box> Places(double x, double y, double width)
    {
        for (double away = 0; away < 200; away += LetterHeight / 2)
        {
            foreach (double side in new[] { 1, -1 })
            {
                double top = y - (LetterHeight / 2) + (side * away);
                Box[] places = [new(x + 9, top, width, LetterHeight), new(x - 9 - width, top, width, LetterHeight), new(x - (width / 2), top + (side * LetterHeight), width, LetterHeight)];
                foreach (Box place in places.Where(place => place.X > Left && place.X + place.Width < Right && place.Y > Top && place.Y + place.Height < Bottom))
                {
                    yield return place;
                }
            }
        }
    }

    private static void AppendLegend(StringBuilder svg, MachinePeaks peaks)
    {
        Text(svg, Left, 24, "start", $"Heed's kernels on {peaks.Threads} thread{(peaks.Threads == 1 ? "" : "s")}, float32", bold: true);
        string[] names = ["matrix products", "attention, 4096 tokens, causal", "decoding with a cache", "row and element kernels"];
        double x = Left + 2;
        for (int kind = 0; kind < names.Length; kind++)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<circle class=\"k{kind}\" cx=\"{x + 5:0.0}\" cy=\"42\" r=\"5\"/>");
            Text(svg, x + 15, 46, "start", names[kind]);
            x += 40 + (names[kind].Length * LetterWidth);
        }
    }

    private static void Line(StringBuilder svg, string style, double x1, double y1, double x2, double y2) =>
        svg.Append(CultureInfo.InvariantCulture, $"<line class=\"{style}\" x1=\"{x1:0.0}\" y1=\"{y1:0.0}\" x2=\"{x2:0.0}\" y2=\"{y2:0.0}\"/>\n");

    private static void Text(StringBuilder svg, double x, double y, string anchor, string text, bool bold = false) =>
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{x:0.0}\" y=\"{y:0.0}\" text-anchor=\"{anchor}\"{(bold ? " font-size=\"15\" font-weight=\"600\"" : "")}>{WebUtility.HtmlEncode(text)}</text>\n");

    private static string Number(double value) => value.ToString(value < 10 ? "0.##" : "0", CultureInfo.InvariantCulture);

    private static double X(double intensity) =>
        Left + ((Right - Left) * Math.Log(intensity / LeastIntensity) / Math.Log(MostIntensity / LeastIntensity));

    private double Y(double rate) => Bottom - ((Bottom - Top) * Math.Log(rate / LeastRate) / Math.Log(MostRate / LeastRate));

    private readonly record struct Box(double X, double Y, double Width, double Height)
    {
        public bool Overlaps(Box other) => X < other.X + other.Width && other.X < X + Width && Y < other.Y + other.Height && other.Y < Y + Height;
    }

    private readonly record struct Point(string Name, RooflineKind Kind, double Intensity, double Rate);
}
