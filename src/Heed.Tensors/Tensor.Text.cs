using System.Globalization;
using System.Text;

namespace Heed.Tensors;

/// <content>Numbers to look at.</content>
public sealed partial class Tensor
{
    /// <summary>The numbers as text: one line for each row of the last axis, in columns of equal width, with an empty line between matrices.</summary>
    /// <param name="decimals">The digits after the point.</param>
    /// <remarks>For looking at small tensors; every element is written.</remarks>
    public string Format(int decimals = 4)
    {
        string[] numbers = [.. ToArray().Select(value => Number(value, decimals))];
        int width = numbers.Length == 0 ? 0 : numbers.Max(number => number.Length);
        int columns = Math.Max(1, Columns);
        int rowsOfMatrix = Shape.Rank < 2 ? 0 : Shape[Shape.Rank - 2];
        var text = new StringBuilder();
        for (int row = 0; row < numbers.Length / columns; row++)
        {
            text.Append(row == 0 ? string.Empty : rowsOfMatrix > 0 && row % rowsOfMatrix == 0 ? "\n\n" : "\n");
            text.AppendJoin("  ", numbers.Skip(row * columns).Take(columns).Select(number => number.PadLeft(width)));
        }

        return text.ToString();
    }

    // Without the sign of a zero that only rounding made.
    private static string Number(float value, int decimals)
    {
        string text = value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return text.StartsWith('-') && text.AsSpan().IndexOfAnyInRange('1', '9') < 0 ? text[1..] : text;
    }
}
