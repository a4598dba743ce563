using Heed.Cli.Demo.Meaning;

namespace Heed.Cli.Demo.Words;

/// <summary>A noun in three languages, written as a dictionary would: "die Maus, Mäuse", "mouse, mice", "une souris".</summary>
internal sealed record Noun
{
    public Noun(string german, string english, string french, Kind kind)
    {
        German = GermanNoun.Parse(german);
        English = EnglishNoun.Parse(english);
        French = FrenchNoun.Parse(french);
        Kind = kind;
    }

    public GermanNoun German { get; }

    public EnglishNoun English { get; }

    public FrenchNoun French { get; }

    public Kind Kind { get; }

    public string Lemma => English.Singular;

    public bool HasPlural => German.Plural is not null;
}

/// <summary>A German noun. A weak one has another form after its nominative: "der Junge, den Jungen".</summary>
internal sealed record GermanNoun(Gender Gender, string Singular, string Oblique, string? Plural)
{
    /// <summary>Reads "der Hund, Hunde", "der Junge, Jungen (weak)" or, without a plural, "das Brot".</summary>
    public static GermanNoun Parse(string entry)
    {
        const string weak = " (weak)";
        var parts = entry.Replace(weak, "", StringComparison.Ordinal).Split(", ");
        var (article, singular) = (parts[0][..3], parts[0][4..]);
        var plural = parts.Length > 1 ? parts[1] : null;
        var gender = article switch
        {
            "der" => Gender.Masculine,
            "die" => Gender.Feminine,
            _ => Gender.Neuter,
        };
        return new GermanNoun(gender, singular, entry.EndsWith(weak, StringComparison.Ordinal) ? plural! : singular, plural);
    }

    public string Form(Number number, Case @case) => (number, @case) switch
    {
        (Number.Singular, Case.Nominative) => Singular,
        (Number.Singular, _) => Oblique,
        (_, Case.Dative) when Plural![^1] is not ('n' or 's') => Plural + "n",
        _ => Plural!,
    };
}

/// <summary>An English noun with its plural.</summary>
internal sealed record EnglishNoun(string Singular, string Plural)
{
    /// <summary>Reads "dog" or, where the plural is irregular, "mouse, mice".</summary>
    public static EnglishNoun Parse(string entry) =>
        entry.Split(", ") is [var singular, var plural] ? new(singular, plural) : new(entry, EnglishSpelling.AddS(entry));
}

/// <summary>A French noun; its plural follows from its ending.</summary>
internal sealed record FrenchNoun(Gender Gender, string Singular)
{
    /// <summary>Reads "un chat" or "une souris".</summary>
    public static FrenchNoun Parse(string entry) => entry.Split(' ') is ["une", var noun]
        ? new(Gender.Feminine, noun)
        : new(Gender.Masculine, entry["un ".Length..]);

    public string Plural => FrenchSpelling.Plural(Singular);
}
