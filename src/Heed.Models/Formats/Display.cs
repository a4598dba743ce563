using Heed.Text.IO;

namespace Heed.Models.Formats;

/// <summary>Shows text that came from a file inside an error message.</summary>
internal static class Display
{
    /// <summary>The text in quotes, cut to a readable length, its control characters replaced.</summary>
    public static string Quote(string text) => Excerpt.Quote(text);
}
