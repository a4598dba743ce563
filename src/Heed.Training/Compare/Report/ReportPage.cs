using System.Globalization;
using System.Text;
using static System.Net.WebUtility;

namespace Heed.Training.Compare.Report;

/// <summary>Writes the report as one HTML page that loads nothing and runs nothing.</summary>
internal sealed class ReportPage
{
    private readonly CompareResults results;
    private readonly StringBuilder text = new();
    private readonly ILookup<string, Measurement> byChart;

    private ReportPage(CompareResults results)
    {
        this.results = results;
        byChart = results.Measurements.Concat(Published(results)).ToLookup(measurement => measurement.Chart);
    }

    public static string Render(CompareResults results) => new ReportPage(results).Write();

    // What others reported, for the rungs that were measured.
    private static IEnumerable<Measurement> Published(CompareResults results) => results.Settings.Ladder.Index()
        .Where(rung => rung.Item.Published is not null && results.Measurements.Any(found => found.Chart == "ladder" && found.Architecture == rung.Item.Name))
        .Select(rung => new Measurement("ladder", SvgBars.Published, rung.Index + 1, rung.Item.Published!.Value));

    private string Write()
    {
        text.Append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
            .Append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<title>Heed: architectures compared</title>\n<style>")
            .Append(ReportStyle.Css).Append("</style>\n</head>\n<body>\n<header><h1>Architectures compared</h1>\n")
            .Append("<p>The models that came before the Transformer, and the Transformer, on the same work: the same examples, the same number of training steps, and as nearly the same number of parameters as their sizes allow.</p>\n");
        text.Append(CultureInfo.InvariantCulture, $"<p class=\"muted\">Made by <code>heed compare</code> in {Minutes(results.Seconds)} on {HtmlEncode(results.Machine)}; seed {results.Settings.Seed}. Every number is also in <code>results.csv</code> and <code>results.json</code> beside this page.</p></header>\n<main>\n");
        foreach (string note in results.Notes)
        {
            text.Append($"<p class=\"note\">{HtmlEncode(note)}</p>\n");
        }

        (string Heading, string Text, ChartSpec[] Charts)[] sections = [.. ReportCharts.Sections(results)];
        text.Append(Overview.Table(sections.SelectMany(section => section.Charts), byChart, Order(results.Measurements.ToLookup(measurement => measurement.Architecture))));
        foreach ((string heading, string introduction, ChartSpec[] charts) in sections)
        {
            ChartSpec[] measured = [.. charts.Where(chart => byChart.Contains(chart.Id))];
            if (measured.Length > 0)
            {
                text.Append($"<section><h2>{HtmlEncode(heading)}</h2>\n<p>{HtmlEncode(introduction)}</p>\n");
                foreach (ChartSpec chart in measured)
                {
                    Chart(chart);
                }

                text.Append("</section>\n");
            }
        }

        Parameters();
        text.Append($"<section><h2>Settings</h2><details><summary>All settings, as YAML</summary><pre>{HtmlEncode(results.Settings.ToYaml())}</pre></details></section>\n</main>\n</body>\n</html>\n");
        return text.ToString();
    }

    private void Chart(ChartSpec spec)
    {
        ILookup<string, Measurement> series = byChart[spec.Id].ToLookup(measurement => measurement.Architecture);
        string[] order = Order(series);
        text.Append($"<figure><h3>{HtmlEncode(spec.Title)}</h3><p>{HtmlEncode(spec.Introduction)}</p><p class=\"verdict\">{HtmlEncode(spec.Verdict(series))}</p>\n");
        if (spec.IsBars)
        {
            text.Append(SvgBars.Draw(spec, series, order)).Append('\n');
        }
        else
        {
            Lines(spec, series, order);
        }

        Table(spec, series, order);
        text.Append("</figure>\n");
    }

    private void Lines(ChartSpec spec, ILookup<string, Measurement> series, string[] order)
    {
        text.Append($"<div class=\"unit\">{HtmlEncode(spec.YLabel)}</div>\n").Append(SvgChart.Draw(spec, series, order)).Append("\n<ul class=\"legend\">");
        foreach (string name in order.Where(series.Contains))
        {
            text.Append($"<li>{SvgChart.Sample(Array.IndexOf(order, name))}{HtmlEncode(name)}</li>");
        }

        text.Append("</ul>\n");
    }

    private void Table(ChartSpec spec, ILookup<string, Measurement> series, string[] order)
    {
        double[] columns = [.. series.SelectMany(points => points).Select(point => point.X).Distinct().Order()];
        const int MostColumns = 14;
        int every = (columns.Length + MostColumns - 1) / MostColumns;
        columns = [.. columns.Where((_, i) => i % every == 0 || i == columns.Length - 1)];
        text.Append($"<details><summary>The numbers</summary><div class=\"scroller\"><table><thead><tr><th scope=\"col\">{HtmlEncode(spec.XLabel)}</th>");
        foreach (double column in columns)
        {
            text.Append($"<th scope=\"col\">{ChartAxis.Format(column)}</th>");
        }

        text.Append("</tr></thead><tbody>");
        foreach (string name in order.Where(series.Contains))
        {
            text.Append($"<tr><th scope=\"row\">{HtmlEncode(name)}</th>");
            foreach (double column in columns)
            {
                Measurement? found = series[name].FirstOrDefault(point => point.X == column);
                text.Append($"<td>{(found is null ? string.Empty : Cell(spec, found))}</td>");
            }

            text.Append("</tr>");
        }

        text.Append("</tbody></table></div>");
        foreach (string note in series.SelectMany(points => points).Select(point => point.Note).OfType<string>().Distinct())
        {
            text.Append($"<p class=\"muted\"><code>{HtmlEncode(note)}</code></p>");
        }

        text.Append("</details>\n");
    }

    private static string Cell(ChartSpec spec, Measurement found)
    {
        string value = HtmlEncode(spec.Format(found.Value));
        return found is { Low: { } low, High: { } high } ? $"{value} <small>{HtmlEncode(spec.Format(low))} to {HtmlEncode(spec.Format(high))}</small>" : value;
    }

    private void Parameters()
    {
        string[] studies = [.. byChart.Select(chart => chart.Key).Where(name => name.EndsWith("-parameters", StringComparison.Ordinal))];
        string[] order = Order(byChart.Where(chart => studies.Contains(chart.Key)).SelectMany(chart => chart).ToLookup(measurement => measurement.Architecture));
        text.Append("<section><h2>Parameters</h2><p>The numbers that each model trains, by study.</p><div class=\"scroller\"><table><thead><tr><th></th>");
        foreach (string study in studies)
        {
            text.Append($"<th scope=\"col\">{HtmlEncode(study.Replace("-parameters", string.Empty, StringComparison.Ordinal).Replace('-', ' '))}</th>");
        }

        text.Append("</tr></thead><tbody>");
        foreach (string name in order)
        {
            text.Append($"<tr><th scope=\"row\">{HtmlEncode(name)}</th>");
            foreach (string study in studies)
            {
                Measurement? found = byChart[study].FirstOrDefault(measurement => measurement.Architecture == name);
                text.Append($"<td>{found?.Value.ToString("N0", CultureInfo.InvariantCulture)}</td>");
            }

            text.Append("</tr>");
        }

        text.Append("</tbody></table></div>");
        if (byChart.Contains("ladder-minutes"))
        {
            text.Append($"<p>Minutes of training on the ladder: {HtmlEncode(string.Join(", ", byChart["ladder-minutes"].Select(found => string.Create(CultureInfo.InvariantCulture, $"{found.Architecture} {found.Value:0}"))))}.</p>");
        }

        text.Append("</section>\n");
    }

    // The known architectures first, in their order; so a model has one colour on every chart.
    private static string[] Order(ILookup<string, Measurement> series) =>
        [.. Architecture.All.Select(architecture => architecture.Label).Concat(series.Select(points => points.Key)).Distinct()];

    private static string Minutes(double seconds) => seconds < 90 ? $"{seconds:0} seconds" : seconds < 5400 ? $"{seconds / 60:0} minutes" : string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600:0.0} hours");
}
