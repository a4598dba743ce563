using Heed.Cli.Demo.Meaning;
using Heed.Cli.Demo.Words;

namespace Heed.Cli.Demo.Languages;

/// <summary>The English verb group: an auxiliary, which questions and "not" need, and the rest.</summary>
internal static class EnglishVerbs
{
    /// <summary>The auxiliary (perhaps nothing) and the main verb of a clause.</summary>
    /// <param name="clause">The clause.</param>
    /// <param name="needsAuxiliary">Whether to say "does open" and "did open" in place of "opens" and "opened".</param>
    public static (string Auxiliary, string Main) Of(Clause clause, bool needsAuxiliary)
    {
        var (verb, person) = (clause.Predicate.Verb, clause.Subject.Person);
        return clause switch
        {
            { Modal: { EnglishVerb: "" } modal } => (modal.EnglishAuxiliary, verb.English.Base),
            { Modal: { EnglishAuxiliary: "" } modal } when needsAuxiliary => (Do(person), $"{modal.EnglishVerb} to {verb.English.Base}"),
            { Modal: { } modal } => (modal.EnglishAuxiliary, $"{WantOrLike(modal, person)} to {verb.English.Base}"),
            { Tense: Tense.Imperfect } => (person is Person.I or Person.Third ? "was" : "were", Ing(verb)),
            { Tense: Tense.Present } when !verb.IsState || verb == Verbs.Be => (Be(person), Ing(verb)),
            { Tense: Tense.Past } => needsAuxiliary ? ("did", verb.English.Base) : ("", verb.English.Past),
            _ => needsAuxiliary ? (Do(person), verb.English.Base) : ("", Simple(verb.English, person)),
        };
    }

    private static string Ing(Verb verb) => verb == Verbs.Be ? "" : verb.English.Ing;

    private static string Simple(EnglishVerb verb, Person person) => person == Person.Third ? verb.Third : verb.Base;

    private static string WantOrLike(Modal modal, Person person) =>
        modal.EnglishAuxiliary.Length == 0 && person == Person.Third ? EnglishSpelling.AddS(modal.EnglishVerb) : modal.EnglishVerb;

    private static string Be(Person person) => person switch
    {
        Person.I => "am",
        Person.Third => "is",
        _ => "are",
    };

    private static string Do(Person person) => person == Person.Third ? "does" : "do";
}
