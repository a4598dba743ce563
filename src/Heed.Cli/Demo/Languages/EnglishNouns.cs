using Heed.Cli.Demo.Meaning;
using Heed.Cli.Demo.Words;

namespace Heed.Cli.Demo.Languages;

/// <summary>English participants as subject or object: "an old friend", "he", "him", "that".</summary>
internal static class EnglishNouns
{
    /// <summary>A participant with its relative clause.</summary>
    public static string Of(Participant participant, bool isSubject) => participant switch
    {
        NounPhrase phrase => Wording.Words(Phrase(phrase), Relative(phrase)),
        Pronoun pronoun => PronounForm(pronoun, isSubject),
        RelativePronoun { IsAside: true } => "which",
        RelativePronoun relative => isSubject && relative.Noun.Kind.HasFlag(Kind.Human) ? "who" : "that",
        _ => participant.Lemma,
    };

    private static string Phrase(NounPhrase phrase)
    {
        var noun = phrase.Number == Number.Plural ? phrase.Noun.English.Plural : phrase.Noun.English.Singular;
        var rest = Wording.Words(phrase.Adjective?.English ?? "", noun);
        var article = phrase.Determiner switch
        {
            Determiner.Definite => "the",
            Determiner.Indefinite => EnglishSpelling.StartsWithVowel(rest) ? "an" : "a",
            Determiner.This => phrase.Number == Number.Plural ? "these" : "this",
            Determiner.My => "my",
            Determiner.Your => "your",
            _ => "",
        };
        return Wording.Words(article, rest);
    }

    private static string Relative(NounPhrase phrase)
    {
        if (phrase.Relative is not { } clause)
        {
            return "";
        }

        var text = English.Clause(clause);
        return clause.Subject is RelativePronoun { IsAside: true } ? Wording.Aside(text) : text;
    }

    private static string PronounForm(Pronoun pronoun, bool isSubject) => pronoun.Person switch
    {
        Person.I => isSubject ? "I" : "me",
        Person.You => "you",
        Person.We => isSubject ? "we" : "us",
        Person.They => isSubject ? "they" : "them",
        _ when pronoun.Gender == Gender.Masculine => isSubject ? "he" : "him",
        _ => isSubject ? "she" : "her",
    };
}
