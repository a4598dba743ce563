namespace Heed.Text.Sentences;

/// <summary>Divides running text into sentences by punctuation: good enough for prose in European languages, and the same everywhere.</summary>
/// <remarks>
/// A sentence ends at <c>.</c>, <c>!</c> or <c>?</c>, with closing quotes and brackets behind it, where white space and then no small letter follow. A
/// dot does not end one after a single letter (<c>J. Smith</c>, <c>i.e.</c>) or a known abbreviation. A line break ends one always.
/// </remarks>
public static class SentenceSplitter
{
    private const string Closers = "\"')]}”’»";

    private static readonly HashSet<string> Abbreviations = new(StringComparer.OrdinalIgnoreCase)
    {
        "al", "approx", "cf", "ca", "dr", "eq", "eqs", "etc", "fig", "figs", "mr", "mrs", "ms", "no", "nr", "prof", "ref", "resp", "sec", "st", "tab", "vol", "vs", "bzw", "usw",
    };

    /// <summary>The sentences of a text, without white space around them; none is empty.</summary>
    /// <param name="text">The text.</param>
    public static IReadOnlyList<string> Split(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var sentences = new List<string>();
        int start = 0;
        for (int i = 0; i < text.Length; i++)
        {
            int end = text[i] is '\n' or '\r' ? i : EndOf(text, i);
            if (end > 0)
            {
                Add(text.AsSpan(start, end - start), sentences);
                start = end;
                i = Math.Max(i, end - 1);
            }
        }

        Add(text.AsSpan(start), sentences);
        return sentences;
    }

    // The place behind a sentence that ends with the character at i, or 0.
    private static int EndOf(string text, int i)
    {
        if (text[i] is not ('.' or '!' or '?'))
        {
            return 0;
        }

        int end = i + 1;
        while (end < text.Length && (Closers.Contains(text[end]) || text[end] is '.' or '!' or '?'))
        {
            end++;
        }

        if (end == text.Length)
        {
            return end;
        }

        int next = end;
        while (next < text.Length && char.IsWhiteSpace(text[next]))
        {
            next++;
        }

        bool goesOn = next == end || (next < text.Length && char.IsLower(text[next])) || (text[i] == '.' && IsAbbreviation(text, i));
        return goesOn ? 0 : end;
    }

    private static bool IsAbbreviation(string text, int dot)
    {
        int start = dot;
        while (start > 0 && char.IsLetter(text[start - 1]))
        {
            start--;
        }

        return dot - start == 1 || Abbreviations.Contains(text[start..dot]);
    }

    private static void Add(ReadOnlySpan<char> sentence, List<string> sentences)
    {
        ReadOnlySpan<char> trimmed = sentence.Trim();
        if (!trimmed.IsEmpty)
        {
            sentences.Add(trimmed.ToString());
        }
    }
}
