using Heed.Cli.Demo.Meaning;

namespace Heed.Cli.Demo.Words;

/// <summary>A German verb. A separable prefix ("auf" in "aufmachen") is kept apart from the rest.</summary>
/// <param name="Prefix">The separable prefix, or nothing.</param>
/// <param name="Base">The infinitive without it.</param>
/// <param name="Present">The present tense without it, one form for each <see cref="Person"/>.</param>
/// <param name="Participle">The whole participle: "aufgemacht".</param>
/// <param name="TakesSein">Whether the perfect is formed with "sein".</param>
/// <param name="Preterite">The simple past ("saß"), where the grammar uses it.</param>
internal sealed record GermanVerb(
    string Prefix, string Base, IReadOnlyList<string> Present, string Participle, bool TakesSein, string? Preterite)
{
    public string Infinitive => Prefix + Base;

    public string ZuInfinitive => Prefix.Length > 0 ? $"{Prefix}zu{Base}" : $"zu {Base}";

    /// <summary>Reads "an|kommen, kommt, ist gekommen" or "sitzen, sitzt, hat gesessen, saß"; the present may also be five forms.</summary>
    public static GermanVerb Parse(string entry)
    {
        var parts = entry.Split(", ");
        var (prefix, infinitive) = parts[0].Split('|') is [var first, var second] ? (first, second) : ("", parts[0]);
        var present = parts[1].Split(' ');
        return new GermanVerb(
            prefix,
            infinitive,
            present.Length > 1 ? present : Regular(infinitive, present[0]),
            prefix + parts[2].Split(' ')[1],
            parts[2].StartsWith("ist ", StringComparison.Ordinal),
            parts.Length > 3 ? parts[3] : null);
    }

    /// <summary>The third person; "saß", in the plural "saßen".</summary>
    public string PreteriteForm(Person person) => person == Person.They
        ? Preterite + (Preterite![^1] == 'e' ? "n" : "en")
        : Preterite!;

    /// <summary>"lesen, liest" gives ich lese, du liest, er liest, wir lesen, sie lesen.</summary>
    private static string[] Regular(string infinitive, string third)
    {
        var stem = infinitive.EndsWith("en", StringComparison.Ordinal) ? infinitive[..^2] : infinitive[..^1];
        var second = third[^2] is 's' or 'ß' or 'z' ? third : third[..^1] + "st";
        return [stem + "e", second, third, infinitive, infinitive];
    }
}
