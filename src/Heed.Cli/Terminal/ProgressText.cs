using System.Globalization;

namespace Heed.Cli.Terminal;

/// <summary>What a line of progress says.</summary>
internal static class ProgressText
{
    /// <summary>The bar and as many of the parts as there is room for.</summary>
    /// <param name="parts">The parts, the most important one first.</param>
    /// <param name="share">How much is done, from 0 to 1.</param>
    /// <param name="width">The room, in columns.</param>
    public static string Line(IReadOnlyList<string> parts, double share, int width)
    {
        int length = width >= 90 ? 24 : width >= 60 ? 12 : 0;
        int filled = (int)(length * Math.Clamp(share, 0, 1));
        string line = length == 0 ? string.Empty : new string('█', filled) + new string('░', length - filled) + " ";
        for (int i = 0; i < parts.Count; i++)
        {
            string part = i == 0 ? parts[i] : ", " + parts[i];
            if (line.Length + part.Length > width)
            {
                break;
            }

            line += part;
        }

        return line;
    }

    /// <summary>Items per second, in about three digits.</summary>
    public static string Rate(double perSecond) => perSecond.ToString(perSecond >= 10 ? "F0" : "G2", CultureInfo.InvariantCulture) + "/s";

    /// <summary>A time span as people say it: 45 s, 3 min 20 s, 2 h 5 min.</summary>
    public static string Duration(double seconds)
    {
        long whole = (long)Math.Round(seconds);
        return whole < 60 ? $"{whole} s" : whole < 3600 ? $"{whole / 60} min {whole % 60} s" : $"{whole / 3600} h {whole % 3600 / 60} min";
    }
}
