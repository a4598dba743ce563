using System.Globalization;
using System.Text;
using static System.Net.WebUtility;

namespace Heed.Training.Compare.Report;

/// <summary>The table at the head of the report: one number from each of the charts that have a name for it.</summary>
internal static class Overview
{
    /// <summary>Writes the table, or nothing where no chart of it was measured.</summary>
    /// <param name="charts">All charts of the report.</param>
    /// <param name="byChart">The measurements.</param>
    /// <param name="order">The architectures, in the order of the rows.</param>
    public static string Table(IEnumerable<ChartSpec> charts, ILookup<string, Measurement> byChart, IReadOnlyList<string> order)
    {
        Column[] columns = [.. charts.Where(chart => chart.Glance is not null && byChart.Contains(chart.Id)).Select(chart => Choose(chart, [.. byChart[chart.Id]]))];
        if (columns.Length == 0)
        {
            return string.Empty;
        }

        var text = new StringBuilder("<section><h2>At a glance</h2>\n<p>Tasks and translation at the longest distance that was trained on, speed at the longest that was measured. The charts show the rest, and how sure each number is.</p>\n<div class=\"scroller\"><table><thead><tr><th></th>");
        foreach (Column column in columns)
        {
            text.Append($"<th scope=\"col\">{HtmlEncode(column.Chart.Glance!)}<small>{HtmlEncode(column.Where)}</small></th>");
        }

        text.Append("</tr></thead><tbody>");
        foreach (string name in order.Where(name => columns.Any(column => column.Values.ContainsKey(name))))
        {
            text.Append($"<tr><th scope=\"row\">{HtmlEncode(name)}</th>");
            foreach (Column column in columns)
            {
                text.Append($"<td>{(column.Values.TryGetValue(name, out double value) ? HtmlEncode(column.Chart.Format(value)) : string.Empty)}</td>");
            }

            text.Append("</tr>");
        }

        return text.Append("</tbody></table></div></section>\n").ToString();
    }

    private static Column Choose(ChartSpec chart, Measurement[] measured)
    {
        if (chart.IsBars)
        {
            return new Column(chart, string.Empty, measured.Where(point => point.Architecture != SvgBars.Published).ToDictionary(point => point.Architecture, point => point.Value));
        }

        double[] places = [.. measured.Select(point => point.X).Distinct().Order()];
        double x = chart.TrainedUpTo is { } trained ? places.LastOrDefault(place => place <= trained, places[0]) : places[^1];
        return new Column(chart, string.Create(CultureInfo.InvariantCulture, $"{x:0} {chart.Unit}"), measured.Where(point => point.X == x).ToDictionary(point => point.Architecture, point => point.Value));
    }

    private sealed record Column(ChartSpec Chart, string Where, Dictionary<string, double> Values);
}
