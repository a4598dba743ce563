using System.Globalization;
using System.Text;

namespace Heed.Models.Explain;

/// <summary>How tokens are put into a fixed grid of terminal columns.</summary>
internal static class ConsoleText
{
    /// <summary>
    /// The token as letters that are safe to print: no control or direction characters (a token could hold an escape
    /// sequence), blanks made visible, combining marks kept with their letter.
    /// </summary>
    internal static IReadOnlyList<string> Letters(string token)
    {
        var letters = new List<string>();
        var elements = StringInfo.GetTextElementEnumerator(token);
        while (elements.MoveNext())
        {
            var letter = Printable(elements.GetTextElement());
            if (letter.Length > 0)
            {
                letters.Add(letter);
            }
        }

        return letters.Count > 0 ? letters : ["∅"];
    }

    /// <summary>The token cut or filled with blanks to an exact width, at the left or right edge.</summary>
    internal static string Fit(string token, int width, bool right = false)
    {
        var text = new StringBuilder();
        var used = 0;
        var letters = Letters(token);
        var tooLong = letters.Sum(Width) > width;
        foreach (var letter in letters)
        {
            if (used + Width(letter) > (tooLong ? width - 1 : width))
            {
                break;
            }

            text.Append(letter);
            used += Width(letter);
        }

        if (tooLong)
        {
            text.Append('…');
            used++;
        }

        return right ? text.Insert(0, " ", width - used).ToString() : text.Append(' ', width - used).ToString();
    }

    /// <summary>How many terminal columns a letter takes: two for East Asian wide characters and emoji, else one.</summary>
    internal static int Width(string letter) => IsWide(Rune.GetRuneAt(letter, 0).Value) ? 2 : 1;

    private static string Printable(string element)
    {
        var text = new StringBuilder();
        foreach (var rune in element.EnumerateRunes())
        {
            switch (Rune.GetUnicodeCategory(rune))
            {
                case UnicodeCategory.Control when rune.Value == '\n':
                    text.Append('⏎');
                    break;
                case UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator:
                    text.Append('␣');
                    break;
                case UnicodeCategory.Control or UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse:
                    text.Append('\uFFFD');
                    break;
                case UnicodeCategory.Format:
                    break; // direction marks and joiners have no shape
                default:
                    text.Append(rune.ToString());
                    break;
            }
        }

        return text.ToString();
    }

    /// <summary>The blocks of Unicode's East Asian Width that terminals draw two columns wide (UAX #11, coarsely).</summary>
    private static bool IsWide(int code) =>
        code is >= 0x1100 and <= 0x115F or >= 0x2E80 and <= 0xA4CF or >= 0xAC00 and <= 0xD7A3 or >= 0xF900 and <= 0xFAFF
            or >= 0xFE30 and <= 0xFE6F or >= 0xFF00 and <= 0xFF60 or >= 0xFFE0 and <= 0xFFE6 or >= 0x1F300 and <= 0x1FAFF
            or >= 0x20000 and <= 0x3FFFD;
}
