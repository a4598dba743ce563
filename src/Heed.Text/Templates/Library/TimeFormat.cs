using System.Globalization;
using System.Text;
using Heed.Text.Templates.Nodes;

namespace Heed.Text.Templates.Library;

/// <summary>Writes a moment as C's <c>strftime</c> does, in English.</summary>
internal static class TimeFormat
{
    public static string Write(RenderContext context, DateTimeOffset moment, string format)
    {
        var output = new StringBuilder();
        for (int place = 0; place < format.Length; place++)
        {
            if (format[place] != '%' || place + 1 == format.Length)
            {
                output.Append(format[place]);
                continue;
            }

            bool isBare = format[place + 1] == '-' && place + 2 < format.Length; // %-d leaves the zero out
            place += isBare ? 2 : 1;
            string part = Part(moment, format[place]) ?? throw context.Error($"the time format %{format[place]} is not known");
            output.Append(isBare ? part.TrimStart('0') is { Length: > 0 } bare ? bare : "0" : part);
        }

        return context.Checked(output.ToString());
    }

    private static string? Part(DateTimeOffset moment, char part) => part switch
    {
        '%' => "%",
        'j' => moment.DayOfYear.ToString("000", CultureInfo.InvariantCulture),
        'F' => moment.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        'T' => moment.ToString("HH:mm:ss", CultureInfo.InvariantCulture),
        'z' => moment.ToString("zzz", CultureInfo.InvariantCulture).Replace(":", string.Empty, StringComparison.Ordinal),
        'Z' => moment.Offset == TimeSpan.Zero ? "UTC" : "UTC" + moment.ToString("zzz", CultureInfo.InvariantCulture),
        _ => Pattern(part) is { } pattern ? moment.ToString(pattern, CultureInfo.InvariantCulture) : null,
    };

    private static string? Pattern(char part) => part switch
    {
        'a' => "ddd",
        'A' => "dddd",
        'b' => "MMM",
        'B' => "MMMM",
        'd' => "dd",
        'H' => "HH",
        'I' => "hh",
        'm' => "MM",
        'M' => "mm",
        'p' => "tt",
        'S' => "ss",
        'y' => "yy",
        'Y' => "yyyy",
        _ => null,
    };
}
