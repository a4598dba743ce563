using System.Globalization;

namespace Heed.Training.Compare.Report;

/// <summary>One axis of a chart: from numbers to places, and which numbers are written beside it.</summary>
internal sealed class ChartAxis
{
    private readonly double from;
    private readonly double to;
    private readonly bool isLogarithmic;

    public ChartAxis(IEnumerable<double> values, bool isLogarithmic, double? least = null, double? most = null)
    {
        this.isLogarithmic = isLogarithmic;
        double[] all = [.. values.Where(value => !isLogarithmic || value > 0)];
        (double low, double high) = (least ?? (all.Length == 0 ? 0 : all.Min()), most ?? (all.Length == 0 ? 1 : all.Max()));
        if (isLogarithmic)
        {
            low = Math.Max(low, high * 1e-9);
            from = Math.Floor((Math.Log10(low) + 1e-9) * 3) / 3;
            to = Math.Max(from + 0.3, Math.Ceiling((Math.Log10(high) - 1e-9) * 3) / 3);
        }
        else
        {
            (from, to) = (low, high > low ? high : low + 1);
        }
    }

    /// <summary>The place of a number: 0 at the beginning of the axis, 1 at its end.</summary>
    public double Place(double value) => Math.Clamp(((isLogarithmic ? Math.Log10(Math.Max(value, 1e-30)) : value) - from) / (to - from), 0, 1);

    /// <summary>The numbers written beside the axis, about five of them, or powers of ten.</summary>
    public IEnumerable<double> Ticks()
    {
        if (isLogarithmic)
        {
            int step = Math.Max(1, (int)Math.Ceiling((to - from) / 6));
            double[] within = to - from > 2.4 ? [1] : [1, 2, 5];
            for (int power = (int)Math.Floor(from); power <= to; power += step)
            {
                foreach (double tick in within.Select(digit => digit * Math.Pow(10, power)).Where(tick => Math.Log10(tick) >= from - 1e-9 && Math.Log10(tick) <= to + 1e-9))
                {
                    yield return tick;
                }
            }

            yield break;
        }

        double rough = (to - from) / 5;
        double unit = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        double even = unit * new[] { 1.0, 2, 5, 10 }.First(factor => factor * unit >= rough - 1e-12);
        // Adding zero takes the sign off a negative zero.
        for (double tick = (Math.Ceiling((from / even) - 1e-9) * even) + 0.0; tick <= to + (1e-9 * even); tick += even)
        {
            yield return tick;
        }
    }

    /// <summary>Those of some numbers that there is room to write beside the axis, the largest among them.</summary>
    public IReadOnlyList<double> Among(IEnumerable<double> values)
    {
        const double Room = 0.07;
        var kept = new List<double>();
        foreach (double value in values.Distinct().OrderDescending())
        {
            if (kept.Count == 0 || Place(value) <= Place(kept[^1]) - Room)
            {
                kept.Add(value);
            }
        }

        return kept;
    }

    /// <summary>A number as people write it.</summary>
    public static string Format(double value)
    {
        double size = Math.Abs(value);
        return size == 0 ? "0"
            : size >= 1e6 ? (value / 1e6).ToString("0.##", CultureInfo.InvariantCulture) + " M"
            : size >= 1e4 ? (value / 1e3).ToString("0.#", CultureInfo.InvariantCulture) + " k"
            : size >= 100 ? value.ToString("0", CultureInfo.InvariantCulture)
            : size >= 1 ? value.ToString("0.##", CultureInfo.InvariantCulture)
            : size >= 1e-3 ? value.ToString("0.####", CultureInfo.InvariantCulture)
            : value.ToString("0.#e+0", CultureInfo.InvariantCulture);
    }
}
