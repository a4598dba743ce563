namespace Heed.Cli.Demo.Languages;

/// <summary>Puts words and commas together.</summary>
internal static class Wording
{
    /// <summary>The parts with one space between them; parts with nothing in them are left out.</summary>
    public static string Words(params IEnumerable<string> parts) => string.Join(' ', parts.Where(part => part.Length > 0));

    /// <summary>A part between commas.</summary>
    public static string Aside(string part) => $", {part} ,";

    /// <summary>A sentence as it is written: commas in place (two that meet are one), a first letter and an end.</summary>
    public static string Finish(string words, string end, bool isLowerCase)
    {
        var text = words.Replace(" ,", ",", StringComparison.Ordinal).Replace(",,", ",", StringComparison.Ordinal).TrimEnd(',');
        return (isLowerCase ? text[..1] : text[..1].ToUpperInvariant()) + text[1..] + end;
    }
}
