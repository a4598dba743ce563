using Heed.Cli.Demo.Meaning;
using Heed.Cli.Demo.Words;

namespace Heed.Cli.Demo.Languages;

/// <summary>German participants in every case: "der kleine Hund", "einem Jungen", "mich", "den" (whom).</summary>
internal static class GermanNouns
{
    // Columns: masculine, feminine, neuter, plural. Rows: nominative, accusative, dative.
    private static readonly string[][] DefiniteArticle = [["der", "die", "das", "die"], ["den", "die", "das", "die"], ["dem", "der", "dem", "den"]];
    private static readonly string[][] ThisEnding = [["er", "e", "es", "e"], ["en", "e", "es", "e"], ["em", "er", "em", "en"]];
    private static readonly string[][] EinEnding = [["", "e", "", "e"], ["en", "e", "", "e"], ["em", "er", "em", "en"]];
    private static readonly string[][] WeakEnding = [["e", "e", "e", "en"], ["en", "e", "e", "en"], ["en", "en", "en", "en"]];
    private static readonly string[][] MixedEnding = [["er", "e", "es", "en"], ["en", "e", "es", "en"], ["en", "en", "en", "en"]];

    /// <summary>A participant without its relative clause.</summary>
    /// <param name="participant">Whom or what to name.</param>
    /// <param name="case">The case its role asks for.</param>
    /// <param name="isNegated">Whether to say "kein" in place of "ein" or of no article.</param>
    public static string Of(Participant participant, Case @case, bool isNegated = false) => participant switch
    {
        NounPhrase phrase => Phrase(phrase, @case, isNegated),
        Pronoun pronoun => PronounForm(pronoun, @case),
        RelativePronoun relative => DefiniteArticle[(int)@case][Column(relative.Noun, relative.Number)],
        _ => participant == Interrogative.Who ? "wer" : "was",
    };

    /// <summary>With a preposition, which melts with some articles: "im Garten", "ins Haus".</summary>
    public static string With(string preposition, Participant participant, Case @case)
    {
        var text = Of(participant, @case);
        return (preposition, text.Split(' ')[0]) switch
        {
            ("", _) => text,
            ("in", "dem") => "im" + text[3..],
            ("in", "das") => "ins" + text[3..],
            _ => $"{preposition} {text}",
        };
    }

    private static string Phrase(NounPhrase phrase, Case @case, bool isNegated)
    {
        var (row, column) = ((int)@case, Column(phrase.Noun, phrase.Number));
        var article = isNegated ? "kein" + EinEnding[row][column] : phrase.Determiner switch
        {
            Determiner.Definite => DefiniteArticle[row][column],
            Determiner.This => "dies" + ThisEnding[row][column],
            Determiner.Indefinite => "ein" + EinEnding[row][column],
            Determiner.My => "mein" + EinEnding[row][column],
            Determiner.Your => "dein" + EinEnding[row][column],
            _ => "",
        };
        var endings = phrase.Determiner is Determiner.Definite or Determiner.This ? WeakEnding : MixedEnding;
        var adjective = phrase.Adjective is null ? "" : phrase.Adjective.German.TrimEnd('e') + endings[row][column];
        return Wording.Words(article, adjective, phrase.Noun.German.Form(phrase.Number, @case));
    }

    private static int Column(Noun noun, Number number) => number == Number.Plural ? 3 : (int)noun.German.Gender;

    private static string PronounForm(Pronoun pronoun, Case @case)
    {
        string[] forms = pronoun.Person switch
        {
            Person.I => ["ich", "mich", "mir"],
            Person.You => ["du", "dich", "dir"],
            Person.We => ["wir", "uns", "uns"],
            Person.They => ["sie", "sie", "ihnen"],
            _ => pronoun.Gender == Gender.Masculine ? ["er", "ihn", "ihm"] : ["sie", "sie", "ihr"],
        };
        return forms[(int)@case];
    }
}
