using System.Text;

namespace Heed.Text.Tokenizers;

/// <summary>What happens to text before it is split: mending lone surrogates, lower-casing, a space in front.</summary>
internal static class TextPreparation
{
    /// <summary>Prepares a text. The empty text stays empty.</summary>
    /// <param name="text">Any string; each lone surrogate becomes U+FFFD, since UTF-8 cannot write it.</param>
    /// <param name="lowercase">Whether to lower-case by the invariant culture.</param>
    /// <param name="spacePrefix">Whether to put one space in front, so that a word is the same piece at the start of a line.</param>
    public static string Prepare(string text, bool lowercase, bool spacePrefix)
    {
        if (text.Length == 0)
        {
            return text;
        }

        string mended = ReplaceLoneSurrogates(text);
        string cased = lowercase ? mended.ToLowerInvariant() : mended;
        return spacePrefix ? " " + cased : cased;
    }

    /// <summary>Each lone surrogate becomes U+FFFD, since UTF-8 cannot write it.</summary>
    public static string ReplaceLoneSurrogates(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF'))
        {
            return text;
        }

        var mended = new StringBuilder(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            mended.Append(rune);
        }

        return mended.ToString();
    }
}
