using Heed.Cli.Demo.Meaning;
using Heed.Cli.Demo.Words;

namespace Heed.Cli.Demo.Languages;

/// <summary>French participants: "le petit chat", "l'ami", "de l'eau", "du chien", and the pronouns that lean on a verb.</summary>
internal static class FrenchNouns
{
    /// <summary>A participant where it is not a clitic, with its relative clause.</summary>
    public static string Of(Participant participant) => participant switch
    {
        NounPhrase phrase => Wording.Words(Phrase(phrase), Relative(phrase)),
        Pronoun pronoun => Strong(pronoun),
        _ => participant == Interrogative.What ? "que" : "qui",
    };

    /// <summary>With a preposition; "de" and "à" melt with "le" and "les": "du chien", "aux enfants".</summary>
    public static string With(string preposition, Participant participant)
    {
        var text = Of(participant);
        var (before, last) = preposition.EndsWith("de", StringComparison.Ordinal) ? (preposition[..^2], "de") : ("", preposition);
        return (last, text.Split(' ')[0]) switch
        {
            ("", _) => text,
            ("de", "le") => $"{before}du{text[2..]}",
            ("de", "les") => $"{before}des{text[3..]}",
            ("à", "le") => "au" + text[2..],
            ("à", "les") => "aux" + text[3..],
            _ => FrenchSpelling.Elide($"{preposition} {text}"),
        };
    }

    /// <summary>"de" alone, after a negation: "pas de livre", "pas d'eau".</summary>
    public static string WithoutArticle(NounPhrase phrase) => FrenchSpelling.Elide($"de {Bare(phrase)}");

    public static (Gender Gender, Number Number) Agreement(Participant participant) => participant switch
    {
        NounPhrase phrase => (phrase.Noun.French.Gender, phrase.Number),
        RelativePronoun relative => (relative.Noun.French.Gender, relative.Number),
        Pronoun pronoun => (pronoun.Gender, pronoun.Person is Person.We or Person.They ? Number.Plural : Number.Singular),
        _ => (Gender.Masculine, Number.Singular),
    };

    public static string SubjectPronoun(Pronoun pronoun) => pronoun.Person switch
    {
        Person.I => "je",
        Person.You => "tu",
        Person.We => "nous",
        Person.They => "ils",
        _ => pronoun.Gender == Gender.Masculine ? "il" : "elle",
    };

    /// <summary>The object pronoun that stands before the verb.</summary>
    public static string Clitic(Pronoun pronoun, bool isIndirect) => pronoun.Person switch
    {
        Person.I => "me",
        Person.You => "te",
        Person.We => "nous",
        Person.They => isIndirect ? "leur" : "les",
        _ when isIndirect => "lui",
        _ => pronoun.Gender == Gender.Masculine ? "le" : "la",
    };

    public static string Reflexive(Person person) => person switch
    {
        Person.I => "me",
        Person.You => "te",
        Person.We => "nous",
        _ => "se",
    };

    private static string Strong(Pronoun pronoun) => pronoun.Person switch
    {
        Person.I => "moi",
        Person.You => "toi",
        Person.We => "nous",
        Person.They => "eux",
        _ => pronoun.Gender == Gender.Masculine ? "lui" : "elle",
    };

    private static string Phrase(NounPhrase phrase)
    {
        if (phrase.Determiner == Determiner.None)
        {
            return With("de", phrase with { Determiner = Determiner.Definite }); // the partitive: "du pain"
        }

        var rest = Bare(phrase);
        var article = Article(phrase.Determiner, phrase.Noun.French.Gender, phrase.Number, FrenchSpelling.StartsWithVowel(rest));
        return FrenchSpelling.Elide($"{article} {rest}");
    }

    private static string Article(Determiner determiner, Gender gender, Number number, bool beforeVowel)
    {
        var isFeminine = gender == Gender.Feminine;
        string Choose(string masculine, string feminine, string plural) =>
            number == Number.Plural ? plural : isFeminine ? feminine : masculine;
        return determiner switch
        {
            Determiner.Definite => Choose("le", "la", "les"),
            Determiner.Indefinite => Choose("un", "une", "des"),
            Determiner.This => Choose(beforeVowel ? "cet" : "ce", "cette", "ces"),
            Determiner.My => Choose("mon", beforeVowel ? "mon" : "ma", "mes"),
            _ => Choose("ton", beforeVowel ? "ton" : "ta", "tes"),
        };
    }

    /// <summary>Adjective and noun, in their order.</summary>
    private static string Bare(NounPhrase phrase)
    {
        var noun = phrase.Number == Number.Plural ? phrase.Noun.French.Plural : phrase.Noun.French.Singular;
        if (phrase.Adjective is not { French: var adjective })
        {
            return noun;
        }

        var (gender, number) = Agreement(phrase);
        var takesVowelForm = gender == Gender.Masculine && number == Number.Singular && FrenchSpelling.StartsWithVowel(noun);
        return !adjective.PrecedesNoun ? $"{noun} {adjective.Form(gender, number)}"
            : takesVowelForm ? $"{adjective.BeforeVowel} {noun}"
            : $"{adjective.Form(gender, number)} {noun}";
    }

    private static string Relative(NounPhrase phrase)
    {
        if (phrase.Relative is not { } clause)
        {
            return "";
        }

        var text = French.Clause(clause);
        return clause.Subject is RelativePronoun { IsAside: true } ? Wording.Aside(text) : text;
    }
}
