using System.Globalization;
using System.Text;

namespace Heed.Models.Explain;

/// <summary>The colours of pictures that show weights: those of the attention page, in steps, for light and for dark surroundings.</summary>
internal static class PictureColours
{
    /// <summary>The strongest colour; 0 is the weakest.</summary>
    public const int Strongest = 20;

    private static readonly string[] Light = ["f1f3ee", "d3e6dc", "a3d0c9", "6bb2bd", "3d8eb0", "2b6a9e", "264784", "1d2459"];
    private static readonly string[] Dark = ["1c232b", "1f3448", "214e68", "226c80", "2f8c8b", "5aad8b", "a2cc85", "f1e89c"];

    /// <summary>The step of a weight: by its root, so that small weights differ.</summary>
    public static int StepOf(double weight) => (int)Math.Round(Strongest * Math.Sqrt(Math.Clamp(weight, 0, 1)));

    /// <summary>The rules of a style sheet for the steps that occur.</summary>
    public static string Rules(IEnumerable<int> steps)
    {
        int[] used = [.. steps.Distinct().Order()];
        var rules = new StringBuilder("text{font:12px system-ui,'Segoe UI',Roboto,'Liberation Sans',Arial,sans-serif;fill:#59616a}.title{font-weight:600;fill:#1b2025}.number{font-size:11px}.hidden{fill:none;stroke:#e2e0d9}");
        rules.Append(Steps(used, Light));
        rules.Append("@media(prefers-color-scheme:dark){text{fill:#9ba6b0}.title{fill:#e7e9e6}.hidden{stroke:#2b333b}").Append(Steps(used, Dark)).Append('}');
        return rules.ToString();
    }

    private static string Steps(IEnumerable<int> steps, string[] stops) => string.Concat(steps.Select(step =>
    {
        int[] colour = Colour(stops, step);
        string hex = string.Concat(colour.Select(channel => channel.ToString("x2", CultureInfo.InvariantCulture)));
        return $".c{step}{{fill:#{hex}}}.n{step}{{fill:{(Luminance(colour) > 0.18 ? "#000" : "#fff")}}}"; // at least 4.5 to 1 either way
    }));

    private static int[] Colour(string[] stops, int step)
    {
        double place = (double)step / Strongest * (stops.Length - 1);
        int stop = Math.Min((int)place, stops.Length - 2);
        return [.. Enumerable.Range(0, 3).Select(channel => (int)Math.Round(Channel(stops[stop], channel) + ((place - stop) * (Channel(stops[stop + 1], channel) - Channel(stops[stop], channel)))))];
    }

    private static int Channel(string hex, int channel) => int.Parse(hex.AsSpan(2 * channel, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    // Relative luminance of the Web Content Accessibility Guidelines.
    private static double Luminance(int[] colour)
    {
        double[] linear = [.. colour.Select(channel => channel / 255.0).Select(c => c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4))];
        return (0.2126 * linear[0]) + (0.7152 * linear[1]) + (0.0722 * linear[2]);
    }
}
