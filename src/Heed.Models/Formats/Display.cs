namespace Heed.Models.Formats;

/// <summary>Shows text that came from a file inside an error message.</summary>
internal static class Display
{
    private const int MaxLength = 80;

    /// <summary>The text in quotes, cut to a readable length, its control characters replaced.</summary>
    public static string Quote(string text)
    {
        string shown = text.Length <= MaxLength ? text : text[..MaxLength] + "...";
        return '"' + string.Concat(shown.Select(c => char.IsControl(c) ? '?' : c)) + '"';
    }
}
