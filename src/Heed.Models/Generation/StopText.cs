using System.Text;

namespace Heed.Models.Generation;

/// <summary>Lets text through until a stop string comes, and holds back whatever may still become one.</summary>
/// <param name="stops">The stop strings, none of them empty.</param>
internal sealed class StopText(IReadOnlyList<string> stops)
{
    private string held = string.Empty;

    /// <summary>The stop string that was found, or null.</summary>
    public string? Found { get; private set; }

    /// <summary>Takes more text.</summary>
    /// <returns>The text that is certain to stand before every stop string.</returns>
    public string Add(string text)
    {
        if (Found is not null)
        {
            return string.Empty;
        }

        string known = held + text;
        int end = known.Length;
        foreach (string stop in stops)
        {
            int at = known.IndexOf(stop, StringComparison.Ordinal);
            if (at >= 0 && at < end)
            {
                (end, Found) = (at, stop);
            }
        }

        if (Found is null)
        {
            end -= stops.Select(stop => LongestBeginning(stop, known)).DefaultIfEmpty().Max();
        }

        held = Found is null ? known[end..] : string.Empty;
        return known[..end];
    }

    /// <summary>Ends the text.</summary>
    /// <returns>What was held back, which has become no stop string.</returns>
    public string Finish()
    {
        string rest = held;
        held = string.Empty;
        return rest;
    }

    // How many characters at the end of the text are the beginning of the stop string, at most all but its last.
    private static int LongestBeginning(string stop, string text)
    {
        for (int length = Math.Min(stop.Length - 1, text.Length); length > 0; length--)
        {
            if (text.AsSpan(text.Length - length).SequenceEqual(stop.AsSpan(0, length)))
            {
                return length;
            }
        }

        return 0;
    }
}
