using System.Buffers;
using System.Text;
using Heed.Text.Templates.Nodes;
using Heed.Text.Templates.Values;

namespace Heed.Text.Templates.Library;

/// <summary>What methods and filters do to texts, as Python does it.</summary>
internal static class Texts
{
    private static readonly SearchValues<char> Spaces = SearchValues.Create(" \t\n\r\f\v");

    public static string Capitalize(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..].ToLowerInvariant();

    public static string Title(string text)
    {
        var result = new StringBuilder(text.Length);
        bool isInWord = false;
        foreach (char c in text)
        {
            result.Append(isInWord ? char.ToLowerInvariant(c) : char.ToUpperInvariant(c));
            isInWord = char.IsLetter(c);
        }

        return result.ToString();
    }

    public static long Count(string text, string part) => part.Length == 0 ? text.Length + 1 : text.AsSpan().Count(part);

    public static string Strip(RenderContext context, string text, Arguments arguments, bool left, bool right)
    {
        char[]? signs = arguments.Get(0, "chars") is null ? null : arguments.Text(context, 0, "chars").ToCharArray();
        string stripped = left ? text.TrimStart(signs) : text;
        return right ? stripped.TrimEnd(signs) : stripped;
    }

    public static string Replace(RenderContext context, string text, Arguments arguments)
    {
        string old = arguments.Text(context, 0, "old"), other = arguments.Text(context, 1, "new");
        int most = arguments.Integer(context, 2, "count", -1);
        long replaced = most < 0 ? Count(text, old) : Math.Min(most, Count(text, old));
        context.CheckText(text.Length + (replaced * Math.Max(0, other.Length - old.Length)));
        if (old.Length == 0)
        {
            throw context.Error("an empty text cannot be replaced");
        }

        var result = new StringBuilder();
        int done = 0;
        for (int place = text.IndexOf(old, StringComparison.Ordinal); place >= 0 && replaced > 0; place = text.IndexOf(old, done, StringComparison.Ordinal))
        {
            result.Append(text, done, place - done).Append(other);
            done = place + old.Length;
            replaced--;
        }

        return result.Append(text, done, text.Length - done).ToString();
    }

    public static string Join(RenderContext context, object? values, string separator)
    {
        List<object?> entries = context.Entries(values);
        long length = 0;
        var texts = new List<string>(entries.Count);
        foreach (object? entry in entries)
        {
            texts.Add(TemplateText.Of(entry));
            length += texts[^1].Length + separator.Length;
            context.CheckText(length);
        }

        return string.Join(separator, texts);
    }

    public static List<object?> Lines(string text)
    {
        string[] lines = text.ReplaceLineEndings("\n").Split('\n');
        return [.. lines[^1].Length == 0 ? lines[..^1] : lines];
    }

    public static List<object?> Split(RenderContext context, string text, Arguments arguments, bool fromRight)
    {
        int most = arguments.Integer(context, 1, "maxsplit", -1);
        if (arguments.Get(0, "sep") is null)
        {
            string[] words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            return most < 0 || words.Length <= most + 1 ? [.. words] : WordsAndRest(text, most, fromRight);
        }

        string separator = arguments.Text(context, 0, "sep");
        if (separator.Length == 0)
        {
            throw context.Error("a text cannot be split at an empty text");
        }

        string[] parts = text.Split(separator);
        context.CheckList(parts.Length);
        int joined = most < 0 ? 0 : Math.Max(0, parts.Length - 1 - most);
        return joined == 0 ? [.. parts]
            : fromRight ? [string.Join(separator, parts[..(joined + 1)]), .. parts[(joined + 1)..]]
            : [.. parts[..^(joined + 1)], string.Join(separator, parts[^(joined + 1)..])];
    }

    private static List<object?> WordsAndRest(string text, int most, bool fromRight)
    {
        var words = new List<object?>();
        ReadOnlySpan<char> rest = text.AsSpan().Trim();
        for (; words.Count < most; rest = rest.Trim())
        {
            int end = fromRight ? rest.LastIndexOfAny(Spaces) : rest.IndexOfAny(Spaces);
            words.Insert(fromRight ? 0 : words.Count, (fromRight ? rest[(end + 1)..] : rest[..end]).ToString());
            rest = fromRight ? rest[..end] : rest[end..];
        }

        words.Insert(fromRight ? 0 : words.Count, rest.ToString());
        return words;
    }
}
