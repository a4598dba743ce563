using System.Collections.Immutable;
using System.Globalization;

namespace Heed.Text.Metrics.Classification;

/// <summary>How often texts of each class were taken for each class.</summary>
public sealed class ConfusionMatrix
{
    private readonly long[,] counts;

    private ConfusionMatrix(ImmutableArray<string> labels)
    {
        Labels = labels;
        counts = new long[labels.Length, labels.Length];
    }

    /// <summary>The classes.</summary>
    public ImmutableArray<string> Labels { get; }

    /// <summary>How many texts of a class were taken for another.</summary>
    /// <param name="actual">The number of the true class.</param>
    /// <param name="predicted">The number of the predicted class.</param>
    public long this[int actual, int predicted] => counts[actual, predicted];

    /// <summary>Counts.</summary>
    /// <param name="labels">All classes.</param>
    /// <param name="actual">The true class of each text.</param>
    /// <param name="predicted">The predicted class of each text.</param>
    /// <exception cref="ArgumentException">The lists have different lengths, or hold a class that is not named.</exception>
    public static ConfusionMatrix Count(IReadOnlyList<string> labels, IReadOnlyList<string> actual, IReadOnlyList<string> predicted)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(actual);
        ArgumentNullException.ThrowIfNull(predicted);
        if (actual.Count != predicted.Count)
        {
            throw new ArgumentException($"there are {actual.Count} true and {predicted.Count} predicted classes; there must be one of each for every text", nameof(predicted));
        }

        var matrix = new ConfusionMatrix([.. labels]);
        for (int i = 0; i < actual.Count; i++)
        {
            matrix.counts[matrix.Number(actual[i], i), matrix.Number(predicted[i], i)]++;
        }

        return matrix;
    }

    /// <summary>What each class scores by itself.</summary>
    public ImmutableArray<ClassScore> Classes() => [.. Labels.Select((_, i) => Score(i))];

    /// <summary>A table of the classes with precision, recall and F1 in percent, and the matrix, one row for each true class.</summary>
    public override string ToString()
    {
        string[][] scores = [["class", "precision", "recall", "F1", "texts"], .. Classes().Select(score => (string[])[score.Label, Percent(score.Precision), Percent(score.Recall), Percent(score.F1), Whole(score.Texts)])];
        string[][] matrix = [["true \\ predicted", .. Labels], .. Labels.Select((label, i) => (string[])[label, .. Labels.Select((_, j) => Whole(counts[i, j]))])];
        return Table(scores) + "\n" + Table(matrix);
    }

    private ClassScore Score(int number)
    {
        long right = counts[number, number], predicted = 0, texts = 0;
        for (int other = 0; other < Labels.Length; other++)
        {
            predicted += counts[other, number];
            texts += counts[number, other];
        }

        return new ClassScore(Labels[number], Share(right, predicted), Share(right, texts), Share(2 * right, predicted + texts), texts);
    }

    private int Number(string label, int place)
    {
        int number = Labels.IndexOf(label);
        return number >= 0 ? number : throw new ArgumentException($"text {place + 1} has the class \"{label}\", which is not one of {string.Join(", ", Labels.Take(20))}");
    }

    private static double Share(long part, long whole) => whole == 0 ? 0 : (double)part / whole;

    private static string Percent(double share) => (100 * share).ToString("F1", CultureInfo.InvariantCulture);

    private static string Whole(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Table(string[][] rows)
    {
        int[] widths = [.. rows[0].Select((_, column) => rows.Max(row => row[column].Length))];
        return string.Concat(rows.Select(row => string.Join("   ", row.Select((cell, column) => column == 0 ? cell.PadRight(widths[0]) : cell.PadLeft(widths[column]))) + "\n"));
    }
}

/// <summary>What a class scores by itself, each number from 0 to 1.</summary>
/// <param name="Label">The class.</param>
/// <param name="Precision">Of the texts taken for it, the share that is of it; 0 where none was.</param>
/// <param name="Recall">Of its texts, the share that was found; 0 where there are none.</param>
/// <param name="F1">The harmonic mean of the two.</param>
/// <param name="Texts">How many texts are of it.</param>
public readonly record struct ClassScore(string Label, double Precision, double Recall, double F1, long Texts);
