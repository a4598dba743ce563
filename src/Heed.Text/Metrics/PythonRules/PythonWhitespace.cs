namespace Heed.Text.Metrics.PythonRules;

/// <summary>
/// White space as Python's <c>str.split</c> and <c>str.rstrip</c> see it.
/// </summary>
/// <remarks>
/// The published scores of sacreBLEU rest on Python's definition: it counts the four information separators
/// U+001C to U+001F as white space, .NET's <see cref="char.IsWhiteSpace(char)"/> does not.
/// </remarks>
internal static class PythonWhitespace
{
    /// <summary>True where Python's <c>str.isspace</c> is true; every such character is a single UTF-16 unit.</summary>
    public static bool IsWhiteSpace(char character) =>
        char.IsWhiteSpace(character) || character is >= '\u001C' and <= '\u001F';

    /// <summary>Removes white space from the end.</summary>
    public static string TrimEnd(string text)
    {
        int length = text.Length;
        while (length > 0 && IsWhiteSpace(text[length - 1]))
        {
            length--;
        }

        return length == text.Length ? text : text[..length];
    }

    /// <summary>Walks over the words between runs of white space; there are no empty words.</summary>
    public static WordEnumerator Words(ReadOnlySpan<char> text) => new(text);

    /// <summary>Enumerates the words of a text without allocating.</summary>
    public ref struct WordEnumerator(ReadOnlySpan<char> text)
    {
        private readonly ReadOnlySpan<char> source = text;
        private int start;
        private int end;

        /// <summary>The word found last.</summary>
        public readonly ReadOnlySpan<char> Current => source[start..end];

        /// <summary>This enumerator, so that <c>foreach</c> can use it.</summary>
        public readonly WordEnumerator GetEnumerator() => this;

        /// <summary>Steps to the next word; false at the end.</summary>
        public bool MoveNext()
        {
            start = end;
            while (start < source.Length && IsWhiteSpace(source[start]))
            {
                start++;
            }

            end = start;
            while (end < source.Length && !IsWhiteSpace(source[end]))
            {
                end++;
            }

            return end > start;
        }
    }
}
