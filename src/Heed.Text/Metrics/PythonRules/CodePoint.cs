namespace Heed.Text.Metrics.PythonRules;

/// <summary>
/// Reads UTF-16 text by code point, the unit of a Python string. A lone surrogate counts as a code point of its own.
/// </summary>
internal static class CodePoint
{
    /// <summary>The code point that starts at <paramref name="index"/>.</summary>
    public static int At(ReadOnlySpan<char> text, int index)
    {
        char first = text[index];
        return char.IsHighSurrogate(first) && index + 1 < text.Length && char.IsLowSurrogate(text[index + 1])
            ? char.ConvertToUtf32(first, text[index + 1])
            : first;
    }

    /// <summary>How many UTF-16 units a code point takes.</summary>
    public static int Length(int codePoint) => codePoint > char.MaxValue ? 2 : 1;
}
