using System.Globalization;

namespace Heed.Training.Data.Preflight;

/// <summary>Numbers as a person would say them.</summary>
internal static class PlainWords
{
    /// <summary><c>950</c>, <c>12.3 thousand</c>, <c>1.2 million</c>.</summary>
    public static string Count(double value) => value switch
    {
        < 1e4 => Format($"{Math.Round(value)}"),
        < 1e6 => Format($"{value / 1e3:0.#} thousand"),
        < 1e9 => Format($"{value / 1e6:0.#} million"),
        _ => Format($"{value / 1e9:0.#} billion"),
    };

    /// <summary><c>340 MB</c>, <c>1.5 GB</c>; a MB is a million bytes.</summary>
    public static string Bytes(double value) => value < 1e9 ? Format($"{Math.Ceiling(value / 1e6)} MB") : Format($"{value / 1e9:0.#} GB");

    /// <summary><c>40 s</c>, <c>12 min</c>, <c>3 h 20 min</c>, <c>2 days 5 h</c>.</summary>
    public static string Duration(double seconds)
    {
        long minutes = (long)Math.Min(Math.Round(seconds / 60), long.MaxValue / 2);
        return seconds < 90 ? Format($"{Math.Ceiling(seconds)} s")
            : minutes < 60 ? Format($"{minutes} min")
            : minutes < 48 * 60 ? Format($"{minutes / 60} h {minutes % 60} min")
            : Format($"{minutes / 1440} days {minutes % 1440 / 60} h");
    }

    /// <summary><c>0.03%</c>, <c>1.2%</c>, <c>45%</c>.</summary>
    public static string Share(double part, double whole)
    {
        double percent = 100 * part / whole;
        return percent >= 10 ? Format($"{percent:0}%") : percent >= 0.1 ? Format($"{percent:0.#}%") : Format($"{percent:0.0##}%");
    }

    /// <summary>A number to three digits, or as <see cref="Count"/> where it has more before the point.</summary>
    public static string Number(double value) => value < 1000 ? Format($"{value:G3}") : Count(value);

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
