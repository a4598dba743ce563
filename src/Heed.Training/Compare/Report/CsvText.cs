using System.Globalization;
using System.Text;

namespace Heed.Training.Compare.Report;

/// <summary>The numbers as comma-separated values, for spreadsheets.</summary>
internal static class CsvText
{
    public static string Write(IEnumerable<Measurement> measurements)
    {
        var text = new StringBuilder("chart,architecture,x,value,low,high,note\n");
        foreach (Measurement m in measurements)
        {
            text.Append(string.Join(',', [m.Chart, Quote(m.Architecture), Number(m.X), Number(m.Value), Number(m.Low), Number(m.High), Quote(m.Note ?? string.Empty)])).Append('\n');
        }

        return text.ToString();
    }

    private static string Number(double? value) => value?.ToString("G9", CultureInfo.InvariantCulture) ?? string.Empty;

    private static string Quote(string text) => text.AsSpan().IndexOfAny(",\"\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
