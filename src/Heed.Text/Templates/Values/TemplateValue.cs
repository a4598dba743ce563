using System.Globalization;

namespace Heed.Text.Templates.Values;

/// <summary>
/// What the values of templates are and how they compare, as in Python: null (none), <see cref="Undefined"/>, bool, long, double, string,
/// lists, maps, namespaces, functions and the variable of a loop.
/// </summary>
internal static class TemplateValue
{
    public static bool IsTrue(object? value) => value switch
    {
        null or Undefined => false,
        bool flag => flag,
        long number => number != 0,
        double number => number != 0,
        string text => text.Length > 0,
        List<object?> list => list.Count > 0,
        OrderedDictionary<string, object?> map => map.Count > 0,
        _ => true,
    };

    public static string KindOf(object? value) => value switch
    {
        null => "none",
        Undefined undefined => $"the undefined \"{undefined.Name}\"",
        bool => "a truth value",
        long => "a whole number",
        double => "a number",
        string => "a text",
        List<object?> => "a list",
        OrderedDictionary<string, object?> => "a map",
        NamespaceValue => "a namespace",
        FunctionValue function => $"the function {function.Name}",
        _ => "a loop variable",
    };

    public static new bool Equals(object? left, object? right) => (left, right) switch
    {
        (string a, string b) => a == b,
        (List<object?> a, List<object?> b) => a.Count == b.Count && a.Zip(b).All(pair => Equals(pair.First, pair.Second)),
        (OrderedDictionary<string, object?> a, OrderedDictionary<string, object?> b) => a.Count == b.Count && a.All(pair => b.TryGetValue(pair.Key, out object? other) && Equals(pair.Value, other)),
        (null, null) or (Undefined, Undefined) => true,
        _ when Number(left) is { } a && Number(right) is { } b => a == b,
        _ => ReferenceEquals(left, right),
    };

    /// <summary>The order of two values; null where there is none.</summary>
    public static int? Compare(object? left, object? right) => (left, right) switch
    {
        (string a, string b) => string.CompareOrdinal(a, b),
        (long a, long b) => a.CompareTo(b),
        (List<object?> a, List<object?> b) => CompareLists(a, b),
        _ when Number(left) is { } a && Number(right) is { } b => a.CompareTo(b),
        _ => null,
    };

    /// <summary>A number, truth values counting as 0 and 1; null for everything else.</summary>
    public static double? Number(object? value) => value switch
    {
        bool flag => flag ? 1 : 0,
        long number => number,
        double number => number,
        _ => null,
    };

    /// <summary>What is gone through; null for what cannot be.</summary>
    public static List<object?>? Entries(object? value) => value switch
    {
        List<object?> list => list,
        OrderedDictionary<string, object?> map => [.. map.Keys],
        NamespaceValue space => [.. space.Values.Keys],
        string text => [.. Characters(text)],
        Undefined => [],
        _ => null,
    };

    /// <summary>The characters of a text, code point by code point.</summary>
    public static IEnumerable<string> Characters(string text)
    {
        for (int place = 0; place < text.Length;)
        {
            int width = char.IsHighSurrogate(text[place]) && place + 1 < text.Length && char.IsLowSurrogate(text[place + 1]) ? 2 : 1;
            yield return text.Substring(place, width);
            place += width;
        }
    }

    /// <summary>A floating-point number as Python writes it.</summary>
    public static string NumberText(double number)
    {
        if (!double.IsFinite(number))
        {
            return double.IsNaN(number) ? "nan" : number > 0 ? "inf" : "-inf";
        }

        // .NET's shortest form that reads back to the same number has Python's digits, but writes the exponent in its own way.
        string[] parts = number.ToString("R", CultureInfo.InvariantCulture).Split('E');
        if (parts.Length == 1)
        {
            return parts[0].Contains('.', StringComparison.Ordinal) ? parts[0] : parts[0] + ".0";
        }

        return Math.Abs(number) is >= 1e-4 and < 1e16
            ? number.ToString("0.0####################", CultureInfo.InvariantCulture)
            : $"{parts[0]}e{parts[1][0]}{parts[1][1..].PadLeft(2, '0')}";
    }

    private static int? CompareLists(List<object?> left, List<object?> right)
    {
        foreach ((object? a, object? b) in left.Zip(right))
        {
            if (!Equals(a, b))
            {
                return Compare(a, b);
            }
        }

        return left.Count.CompareTo(right.Count);
    }
}
