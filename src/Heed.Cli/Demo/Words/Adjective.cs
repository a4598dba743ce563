using Heed.Cli.Demo.Meaning;

namespace Heed.Cli.Demo.Words;

/// <summary>An adjective and the kinds of nouns it may describe.</summary>
internal sealed record Adjective(string German, string English, FrenchAdjective French, Kind Kind);

/// <summary>A French adjective: "vieux, vieille", and "vieil" before a vowel.</summary>
internal sealed record FrenchAdjective(string Masculine, string Feminine, string BeforeVowel, bool PrecedesNoun)
{
    /// <summary>Reads "rouge", "vert, verte" or "vieux, vieille, vieil"; a trailing "~" says that the noun comes after it.</summary>
    public static FrenchAdjective Parse(string entry)
    {
        var forms = entry.TrimEnd('~').Split(", ");
        return new FrenchAdjective(forms[0], forms.Length > 1 ? forms[1] : forms[0], forms.Length > 2 ? forms[2] : forms[0], entry.EndsWith('~'));
    }

    public string Form(Gender gender, Number number)
    {
        var singular = gender == Gender.Feminine ? Feminine : Masculine;
        return number == Number.Plural ? FrenchSpelling.Plural(singular) : singular;
    }
}
