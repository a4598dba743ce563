using System.Globalization;

namespace Heed.Training.Compare.Report;

/// <summary>Says in plain words what numbers show, and says so too where they do not show what was expected.</summary>
internal static class Verdicts
{
    private const double Clear = 0.10;

    private static readonly HashSet<string> Attending = [.. Architecture.All.Where(architecture => architecture.HasAttention).Select(architecture => architecture.Label)];

    /// <summary>Compares the best plain architecture with the best attending one at the longest distance, and at the longest that was trained on.</summary>
    public static string Distance(ILookup<string, Measurement> series, double trained, string unit, double chance)
    {
        double[] measured = [.. series.SelectMany(points => points).Select(point => point.X)];
        double longest = measured.Max();
        trained = measured.Where(x => x <= trained).DefaultIfEmpty(measured.Min()).Max();
        string trainedText = Compare(series, trained, $"At {trained:0} {unit}, the most that was trained on,");
        string longestText = Compare(series, longest, $"At {longest:0} {unit}, which no model had seen,");
        return string.Join(' ', new[] { trainedText, longestText, Guesses(series, chance), Behind(series, trained, chance), Falls(series, trained) }.Where(text => text.Length > 0));
    }

    /// <summary>When each architecture's loss fell below a hundredth of a nat for good.</summary>
    public static string Learned(ILookup<string, Measurement> series)
    {
        const double Small = 0.01;
        string[] steps = [.. series.Select(points =>
        {
            Measurement[] ordered = [.. points.OrderBy(point => point.X)];
            int last = Array.FindLastIndex(ordered, point => point.Value >= Small);
            return last + 1 < ordered.Length
                ? string.Create(CultureInfo.InvariantCulture, $"{points.Key} at step {ordered[last + 1].X:0}")
                : string.Create(CultureInfo.InvariantCulture, $"{points.Key} never (its last loss is {ordered[^1].Value:0.000})");
        })];
        return string.Create(CultureInfo.InvariantCulture, $"The loss falls below {Small} for good: {string.Join(", ", steps)}.");
    }

    /// <summary>How far back gradients reach: the distance at which a thousandth is left.</summary>
    public static string Gradient(ILookup<string, Measurement> series)
    {
        string[] reaches = [.. series.Select(points => (points.Key, Last: points.OrderBy(point => point.X).Last(), Lost: points.OrderBy(point => point.X).FirstOrDefault(point => point.Value < 1e-3 && points.Where(later => later.X > point.X).All(later => later.Value < 1e-3))))
            .Select(found => found.Lost is null
                ? $"{found.Key}: {ChartAxis.Format(found.Last.Value)} of the largest is left at distance {found.Last.X:0}"
                : $"{found.Key}: below a thousandth from distance {found.Lost.X:0} on")];
        return string.Join("; ", reaches) + ".";
    }

    /// <summary>The slope of a straight line through the second half of the points, both axes logarithmic.</summary>
    /// <param name="series">The points of each architecture.</param>
    /// <param name="quantity">What is measured.</param>
    /// <param name="expected">A sentence about the slopes to expect.</param>
    public static string Slopes(ILookup<string, Measurement> series, string quantity, string expected)
    {
        string[] slopes = [.. series.Select(points => $"{points.Key} {Slope([.. points]).ToString("0.00", CultureInfo.InvariantCulture)}")];
        return $"Doubling the length multiplies the {quantity} by 2 to the power of: {string.Join(", ", slopes)} (fitted to the longer half). 1 means that the cost of a token stays the same; {expected}";
    }

    /// <summary>The fastest and the slowest, at both ends.</summary>
    public static string Fastest(ILookup<string, Measurement> series)
    {
        double shortest = series.SelectMany(points => points).Min(point => point.X);
        double longest = series.SelectMany(points => points).Max(point => point.X);
        return string.Join(" ", new[] { shortest, longest }.Select(length =>
        {
            Measurement[] at = [.. series.Select(points => At(points, length)).OfType<Measurement>().OrderByDescending(point => point.Value)];
            return $"At length {length:0} the fastest is {at[0].Architecture} with {ChartAxis.Format(at[0].Value)} tokens a second, the slowest {at[^1].Architecture} with {ChartAxis.Format(at[^1].Value)}.";
        }));
    }

    /// <summary>What is left of each BLEU at the longest sentences that were trained on, and at the longest of all.</summary>
    /// <param name="series">The points of each architecture.</param>
    /// <param name="trained">The mean length of the longest training sentences.</param>
    public static string LongSentences(ILookup<string, Measurement> series, double trained)
    {
        double longest = series.SelectMany(points => points).Max(point => point.X);
        string[] kept = [.. series.Select(points =>
        {
            Measurement[] ordered = [.. points.OrderBy(point => point.X)];
            double[] shown = [.. new[] { ordered[0], ordered.LastOrDefault(point => point.X <= trained) ?? ordered[0], ordered[^1] }.Distinct().Select(point => point.Value)];
            return $"{points.Key} {string.Join(" → ", shown.Select(value => value.ToString("0.0", CultureInfo.InvariantCulture)))}";
        })];
        string beyond = longest > trained ? $" {Kept(series, longest, $"At {longest:0} words, longer than any model had seen,", "all fall alike")}" : string.Empty;
        return $"From the shortest sentences to the longest that were trained on and the longest of all: {string.Join(", ", kept)}. {Kept(series, trained, $"At {trained:0} words, the most that was trained on,", "the expected gap does not show")}{beyond}".TrimEnd();
    }

    /// <summary>Each rung beside the published one.</summary>
    public static string Ladder(ILookup<string, Measurement> series, IReadOnlyList<LadderRung> rungs)
    {
        string[] texts = [.. rungs.Where(rung => series.Contains(rung.Name)).Select(rung =>
        {
            double value = series[rung.Name].First().Value;
            string published = rung.Published is { } other ? string.Create(CultureInfo.InvariantCulture, $" (published {other:0.0}: {(value >= other ? "reached" : "not reached")})") : string.Empty;
            return string.Create(CultureInfo.InvariantCulture, $"{rung.Name} {value:0.0}{published}");
        })];
        return string.Join(", ", texts) + ".";
    }

    /// <summary>The slope through the longer half of some points on logarithmic axes.</summary>
    internal static double Slope(IReadOnlyList<Measurement> points)
    {
        (double X, double Y)[] logs = [.. points.OrderBy(point => point.X).Skip(Math.Max(0, Math.Min(points.Count / 2, points.Count - 2))).Select(point => (Math.Log(point.X), Math.Log(Math.Max(point.Value, 1e-12))))];
        double meanX = logs.Average(point => point.X);
        double meanY = logs.Average(point => point.Y);
        return logs.Sum(point => (point.X - meanX) * (point.Y - meanY)) / Math.Max(1e-12, logs.Sum(point => (point.X - meanX) * (point.X - meanX)));
    }

    private static string Compare(ILookup<string, Measurement> series, double distance, string beginning)
    {
        Measurement? plain = Best(series, distance, attending: false);
        Measurement? attending = Best(series, distance, attending: true);
        if (plain is null || attending is null)
        {
            Measurement best = plain ?? attending ?? series.First().First();
            return $"{beginning} the best is {best.Architecture} with {Percent(best.Value)}.";
        }

        string numbers = $"the best model without attention ({plain.Architecture}) has {Percent(plain.Value)}, the best with attention ({attending.Architecture}) {Percent(attending.Value)}";
        return attending.Value > plain.Value + Clear ? $"{beginning} {numbers}."
            : plain.Value > attending.Value + Clear ? $"{beginning} {numbers}: attention is behind here."
            : $"{beginning} {numbers}: no clear difference.";
    }

    // An architecture that never learned the task says nothing about distance.
    private static string Guesses(ILookup<string, Measurement> series, double chance)
    {
        string[] guessing = [.. series.Where(points => points.Max(point => point.Value) < chance + Clear).Select(points => points.Key)];
        return guessing.Length == 0 ? string.Empty : $"No better than guessing at any distance, near ones included: {string.Join(", ", guessing)}.";
    }

    // Attention makes looking back possible; it must still be learned.
    private static string Behind(ILookup<string, Measurement> series, double trained, double chance)
    {
        double best = Best(series, trained, attending: true)?.Value ?? 0;
        string[] behind = [.. series.Where(points => Attending.Contains(points.Key) && points.Max(point => point.Value) >= chance + Clear)
            .Select(points => At(points, trained)).OfType<Measurement>().Where(point => point.Value < best - (2 * Clear))
            .Select(point => $"{point.Architecture} ({Percent(point.Value)})")];
        return behind.Length == 0 ? string.Empty : $"To have attention is not enough: in these steps {string.Join(" and ", behind)} did not fully learn where to look.";
    }

    // Of every architecture that learned the task at all, what happens beyond the trained distances.
    private static string Falls(ILookup<string, Measurement> series, double trained)
    {
        string[] failing = [.. series.Where(points => points.OrderBy(point => point.X).Last() is { } last
                && At(points, trained) is { Value: > 0.9 } learned && last.X > trained && last.Value < learned.Value - (2 * Clear)
                && Attending.Contains(points.Key))
            .Select(points => points.Key)];
        return failing.Length == 0 ? string.Empty
            : $"{string.Join(" and ", failing)} learned the trained distances but not beyond them: attention finds by content what it has learned to look for, but positions and states that were never trained mislead it.";
    }

    private static Measurement? Best(ILookup<string, Measurement> series, double distance, bool attending) =>
        series.Where(points => Attending.Contains(points.Key) == attending).Select(points => At(points, distance)).OfType<Measurement>().MaxBy(point => point.Value);

    private static Measurement? At(IEnumerable<Measurement> points, double x) => points.FirstOrDefault(point => Math.Abs(point.X - x) < 1e-9);

    private static string Kept(ILookup<string, Measurement> series, double x, string beginning, string otherwise)
    {
        (double plain, double attending) = (MeanKept(series, x, attending: false), MeanKept(series, x, attending: true));
        string numbers = string.Create(CultureInfo.InvariantCulture, $"models without attention keep on average {100 * plain:0} % of their score, models with attention {100 * attending:0} %");
        return double.IsNaN(plain) || double.IsNaN(attending) ? string.Empty
            : attending > plain + Clear ? $"{beginning} {numbers}."
            : attending < plain - Clear ? $"{beginning} {numbers}: attention loses more here."
            : $"{beginning} {otherwise}: {numbers}.";
    }

    // Of the models that translate at all.
    private static double MeanKept(ILookup<string, Measurement> series, double x, bool attending)
    {
        double[] kept = [.. series.Where(points => Attending.Contains(points.Key) == attending)
            .Select(points => points.OrderBy(point => point.X).ToArray())
            .Where(points => points[0].Value > 1)
            .Select(points => points.Last(point => point.X <= x || point == points[0]).Value / points[0].Value)];
        return kept.Length == 0 ? double.NaN : kept.Average();
    }

    private static string Percent(double share) => (100 * share).ToString("0.0", CultureInfo.InvariantCulture) + "\u00a0%";
}
