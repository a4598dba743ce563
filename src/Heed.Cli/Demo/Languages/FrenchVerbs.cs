using Heed.Cli.Demo.Meaning;
using Heed.Cli.Demo.Words;

namespace Heed.Cli.Demo.Languages;

/// <summary>The French verb group: "ne m'a pas appelé", "veux t'aider", "as-tu ouvert".</summary>
internal static class FrenchVerbs
{
    /// <summary>Everything from "ne" to the last verb.</summary>
    /// <param name="clause">The clause.</param>
    /// <param name="inverted">A subject pronoun to put after the finite verb, in a question.</param>
    public static string Group(Clause clause, string inverted = "")
    {
        var (predicate, subject) = (clause.Predicate, clause.Subject);
        var (verb, person) = (predicate.Verb.French, (int)subject.Person);
        var (ne, pas) = clause.IsNegated ? ("ne", "pas") : ("", "");
        string Finite(string form) => Wording.Words(Invert(form, inverted), pas);
        return clause switch
        {
            { Modal: { } modal } => Wording.Words(ne, Finite(modal.French.Present[person]), Infinitive(predicate, subject)),
            { Tense: Tense.Past } => Wording.Words(ne, Clitic(predicate, subject), Finite(Auxiliary(verb).Present[person]), Participle(predicate, subject)),
            { Tense: Tense.Imperfect } => Wording.Words(ne, Clitic(predicate, subject), Finite(verb.Imperfect(subject.Person)), Complement(verb, subject)),
            _ => Wording.Words(ne, Clitic(predicate, subject), Finite(verb.Present[person]), Complement(verb, subject)),
        };
    }

    /// <summary>An infinitive with the pronouns before it: "m'aider", "se lever".</summary>
    public static string Infinitive(Predicate predicate, Participant actor) =>
        Wording.Words(Clitic(predicate, actor), predicate.Verb.French.Infinitive);

    /// <summary>Whether an object pronoun stands before the verb ("l'aide") and not after a preposition ("joue avec lui").</summary>
    public static bool TakesClitic(Verb verb) => verb.Link.French is "" or "à";

    /// <summary>An adjective said of somebody.</summary>
    public static string Agree(FrenchAdjective adjective, Participant actor)
    {
        var (gender, number) = FrenchNouns.Agreement(actor);
        return adjective.Form(gender, number);
    }

    private static string Complement(FrenchVerb verb, Participant subject) =>
        verb.Complement is { } adjective ? Agree(adjective, subject) : "";

    private static FrenchVerb Auxiliary(FrenchVerb verb) => verb.TakesEtre ? FunctionWords.Etre : FunctionWords.Avoir;

    /// <summary>Agrees with the subject after "être", and after "avoir" with a direct object that stands before it.</summary>
    private static string Participle(Predicate predicate, Participant subject)
    {
        var verb = predicate.Verb.French;
        var objectIsBefore = predicate.Verb.Link.French.Length == 0 && predicate.Object is Pronoun or RelativePronoun;
        var (gender, number) = verb.TakesEtre ? FrenchNouns.Agreement(subject)
            : objectIsBefore ? FrenchNouns.Agreement(predicate.Object!)
            : (Gender.Masculine, Number.Singular);
        return verb.ParticipleForm(gender, number);
    }

    private static string Clitic(Predicate predicate, Participant actor) => predicate switch
    {
        { Verb.French.IsReflexive: true } => FrenchNouns.Reflexive(actor.Person),
        { Recipient: Pronoun recipient } => FrenchNouns.Clitic(recipient, isIndirect: true),
        { Object: Pronoun @object } when TakesClitic(predicate.Verb) => FrenchNouns.Clitic(@object, predicate.Verb.Link.French.Length > 0),
        _ => "",
    };

    private static string Invert(string form, string pronoun) => pronoun switch
    {
        "" => form,
        "il" or "elle" when form[^1] is 'a' or 'e' => $"{form}-t-{pronoun}",
        _ => $"{form}-{pronoun}",
    };
}
