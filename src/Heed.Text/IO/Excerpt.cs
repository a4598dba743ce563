namespace Heed.Text.IO;

/// <summary>Shows text from a file, which may be anything, inside an error message.</summary>
public static class Excerpt
{
    private const int MaxLength = 80;

    /// <summary>The beginning of a text in one line, its control characters replaced.</summary>
    /// <param name="text">The text.</param>
    /// <param name="maxLength">How much of it is shown, in UTF-16 units.</param>
    public static string Of(string text, int maxLength = MaxLength)
    {
        ArgumentNullException.ThrowIfNull(text);
        string shown = text.Length <= maxLength ? text : text[..maxLength] + "...";
        return string.Concat(shown.Select(c => char.IsControl(c) ? '?' : c));
    }

    /// <summary>The beginning of a text in quotes.</summary>
    /// <param name="text">The text.</param>
    public static string Quote(string text) => $"\"{Of(text)}\"";
}
