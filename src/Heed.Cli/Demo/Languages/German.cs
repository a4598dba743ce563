using Heed.Cli.Demo.Meaning;
using Heed.Cli.Demo.Words;

namespace Heed.Cli.Demo.Languages;

/// <summary>
/// German sentences by their fields: first place, finite verb, middle, the rest of the verb, and what comes after it. In a
/// subordinate clause the finite verb goes to the end: "Ich mache die Tür auf", "..., weil ich die Tür aufmache".
/// </summary>
internal static class German
{
    public static string Realise(Sentence sentence) => sentence.IsQuestion
        ? Wording.Finish(Question(sentence), "?", sentence.IsLowerCase)
        : Wording.Finish(Statement(sentence.Clause), ".", sentence.IsLowerCase);

    private static string Statement(Clause clause) => clause switch
    {
        { Subordinate: { IsFirst: true } subordinate } => VerbSecond(clause, Wording.Words(VerbLast(subordinate), ",")),
        { TimeFirst: true } => VerbSecond(clause, clause.Time!.German),
        _ => Wording.Words(Subject(clause), Finite(clause), ObjectPronoun(clause.Predicate), Middle(clause), Rest(clause), After(clause)),
    };

    private static string Question(Sentence sentence)
    {
        var clause = sentence.Clause;
        return clause.Subject == Interrogative.Who ? Statement(clause)
            : VerbSecond(clause, sentence.QuestionWord?.German ?? FrontedObject(clause.Predicate));
    }

    private static string VerbSecond(Clause clause, string first) =>
        Wording.Words(first, Finite(clause), SubjectAndObjectPronoun(clause), Middle(clause), Rest(clause), After(clause));

    private static string VerbLast(Subordinate subordinate) => Wording.Words(subordinate.Conjunction.German, VerbLast(subordinate.Clause));

    private static string VerbLast(Clause clause)
    {
        var (rest, finite) = (Rest(clause), Finite(clause));
        var verbs = rest == clause.Predicate.Verb.German.Prefix ? rest + finite : Wording.Words(rest, finite);
        return Wording.Words(FrontedObject(clause.Predicate), SubjectAndObjectPronoun(clause), Middle(clause), verbs, After(clause));
    }

    private static string Subject(Clause clause) =>
        Wording.Words(GermanNouns.Of(clause.Subject, Case.Nominative), Relative(clause.Subject));

    /// <summary>Inside a clause a pronoun comes before a noun, be that the subject: "Hat dich der Arzt angerufen?"</summary>
    private static string SubjectAndObjectPronoun(Clause clause) => clause.Subject is NounPhrase
        ? Wording.Words(ObjectPronoun(clause.Predicate), Subject(clause))
        : Wording.Words(Subject(clause), ObjectPronoun(clause.Predicate));

    /// <summary>The object or recipient that is a pronoun without a preposition; there is never more than one.</summary>
    private static string ObjectPronoun(Predicate predicate) => predicate switch
    {
        { Recipient: Pronoun recipient } => GermanNouns.Of(recipient, Case.Dative),
        { Object: Pronoun @object, Verb.Link: { German: "" } link } => GermanNouns.Of(@object, link.Case),
        _ => "",
    };

    private static string Finite(Clause clause)
    {
        var (verb, person) = (clause.Predicate.Verb.German, clause.Subject.Person);
        return clause switch
        {
            { Modal: { } modal } => modal.German.Present[(int)person],
            { Tense: Tense.Past } => (verb.TakesSein ? FunctionWords.Sein : FunctionWords.Haben).Present[(int)person],
            { Tense: Tense.Imperfect } => verb.PreteriteForm(person),
            _ => verb.Present[(int)person],
        };
    }

    /// <summary>What closes the clause: an infinitive, a participle or a separated prefix.</summary>
    private static string Rest(Clause clause)
    {
        var verb = clause.Predicate.Verb.German;
        return clause.Modal is not null ? verb.Infinitive : clause.Tense == Tense.Past ? verb.Participle : verb.Prefix;
    }

    private static string Middle(Clause clause) => Middle(
        clause.Predicate,
        clause.TimeFirst || clause.Time is null ? "" : clause.Time.German,
        clause.IsNegated && !clause.NegatesObject ? "nicht" : "",
        clause.NegatesObject);

    /// <summary>After the pronouns: the time, nouns, "nicht", and what has a preposition.</summary>
    private static string Middle(Predicate predicate, string time, string not, bool hasKein)
    {
        var link = predicate.Verb.Link;
        var hasPreposition = link.German.Length > 0;
        var @object = predicate.Object switch
        {
            null or { IsFronted: true } => "",
            Pronoun when !hasPreposition => "",
            var participant when hasKein => GermanNouns.Of(participant, link.Case, isNegated: true),
            var participant => GermanNouns.With(link.German, participant, link.Case),
        };
        return Wording.Words(
            time,
            predicate.Recipient is NounPhrase recipient ? GermanNouns.Of(recipient, Case.Dative) : "",
            hasPreposition ? not : @object,
            hasPreposition ? @object : not,
            predicate.Place is { } place ? GermanNouns.With(place.Preposition.German, place.Ground, Case.Dative) : "",
            predicate.Adjective?.German ?? "");
    }

    private static string After(Clause clause) => Wording.Words(
        AfterPredicate(clause.Predicate),
        clause.Subordinate is { IsFirst: false } subordinate ? Wording.Words(",", VerbLast(subordinate)) : "");

    private static string AfterPredicate(Predicate predicate) => Wording.Words(
        Relative(predicate.Object),
        Relative(predicate.Place?.Ground),
        predicate.Infinitive is { } infinitive ? Wording.Words(",", ZuInfinitive(infinitive)) : "");

    private static string ZuInfinitive(InfinitiveClause infinitive) => Wording.Words(
        infinitive.Marker.German,
        ObjectPronoun(infinitive.Predicate),
        Middle(infinitive.Predicate, time: "", not: "", hasKein: false),
        infinitive.Predicate.Verb.German.ZuInfinitive,
        AfterPredicate(infinitive.Predicate));

    private static string Relative(Participant? participant) =>
        participant is NounPhrase { Relative: { } clause } ? Wording.Aside(VerbLast(clause)) : "";

    private static string FrontedObject(Predicate predicate) =>
        predicate.Object is { IsFronted: true } fronted ? GermanNouns.Of(fronted, predicate.Verb.Link.Case) : "";
}
