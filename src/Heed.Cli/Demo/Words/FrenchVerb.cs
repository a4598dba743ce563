using Heed.Cli.Demo.Meaning;

namespace Heed.Cli.Demo.Words;

/// <summary>A French verb.</summary>
/// <param name="Infinitive">Without "se".</param>
/// <param name="Present">The present tense, one form for each <see cref="Person"/>.</param>
/// <param name="Participle">Masculine singular.</param>
/// <param name="TakesEtre">Whether the perfect is formed with "être".</param>
/// <param name="IsReflexive">Whether it is said with "se": "se lever".</param>
internal sealed record FrenchVerb(
    string Infinitive, IReadOnlyList<string> Present, string Participle, bool TakesEtre, bool IsReflexive)
{
    /// <summary>For a verb that French expresses by "être" and an adjective: "être assis".</summary>
    public FrenchAdjective? Complement { get; init; }

    /// <summary>
    /// Reads "fermer, a fermé" (regular), "acheter, achèt-, a acheté" (a stem of its own in the singular and the third person) or
    /// "ouvrir, ouvre ouvres ouvre ouvrons ouvrent, a ouvert"; "se lever" is reflexive, "être (assis, assise)" has a complement.
    /// </summary>
    public static FrenchVerb Parse(string entry)
    {
        if (entry.StartsWith("être (", StringComparison.Ordinal))
        {
            return FunctionWords.Etre with { Complement = FrenchAdjective.Parse(entry["être (".Length..^1]) };
        }

        var parts = entry.Split(", ");
        var isReflexive = parts[0].StartsWith("se ", StringComparison.Ordinal) || parts[0].StartsWith("s'", StringComparison.Ordinal);
        var infinitive = isReflexive ? parts[0]["s'".Length..].TrimStart() : parts[0];
        var present = parts.Length < 3 ? Regular(infinitive, infinitive[..^2])
            : parts[1].EndsWith('-') ? Regular(infinitive, parts[1][..^1])
            : parts[1].Split(' ');
        var perfect = parts[^1].Split(' ');
        return new FrenchVerb(infinitive, present, perfect[1], perfect[0] == "est", isReflexive);
    }

    /// <summary>The imparfait of the third person.</summary>
    public string Imperfect(Person person)
    {
        var stem = Infinitive == "être" ? "ét" : Present[(int)Person.We][..^"ons".Length];
        return stem + (person == Person.They ? "aient" : "ait");
    }

    public string ParticipleForm(Gender gender, Number number)
    {
        var singular = gender == Gender.Feminine ? Participle + "e" : Participle;
        return number == Number.Plural ? FrenchSpelling.Plural(singular) : singular;
    }

    private static string[] Regular(string infinitive, string strong)
    {
        var stem = infinitive[..^2];
        var we = stem[^1] switch
        {
            'g' => stem + "eons",
            'c' => stem[..^1] + "çons",
            _ => stem + "ons",
        };
        return [strong + "e", strong + "es", strong + "e", we, strong + "ent"];
    }
}
