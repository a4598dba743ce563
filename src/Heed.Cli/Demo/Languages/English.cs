using Heed.Cli.Demo.Meaning;

namespace Heed.Cli.Demo.Languages;

/// <summary>English sentences: subject, verb, object, place, time; questions turn subject and auxiliary around.</summary>
internal static class English
{
    public static string Realise(Sentence sentence) => sentence.IsQuestion
        ? Wording.Finish(Question(sentence), "?", sentence.IsLowerCase)
        : Wording.Finish(Clause(sentence.Clause), ".", sentence.IsLowerCase);

    /// <summary>A clause in the order of a statement; "that" and "which" come first even as objects.</summary>
    public static string Clause(Clause clause)
    {
        var (auxiliary, main) = EnglishVerbs.Of(clause, needsAuxiliary: clause.IsNegated);
        var not = clause.IsNegated ? "not" : "";
        var verbs = auxiliary == "can" && clause.IsNegated ? Wording.Words("cannot", main) : Wording.Words(auxiliary, not, main);
        return Wording.Words(
            clause.Subordinate is { IsFirst: true } first ? Wording.Words(first.Conjunction.English, Clause(first.Clause), ",") : "",
            clause.TimeFirst ? clause.Time!.English : "",
            FrontedObject(clause.Predicate),
            EnglishNouns.Of(clause.Subject, isSubject: true),
            verbs,
            Ending(clause));
    }

    private static string Question(Sentence sentence)
    {
        var clause = sentence.Clause;
        if (clause.Subject == Interrogative.Who)
        {
            return Clause(clause);
        }

        var (auxiliary, main) = EnglishVerbs.Of(clause, needsAuxiliary: true);
        var first = sentence.QuestionWord?.English ?? FrontedObject(clause.Predicate);
        return Wording.Words(first, auxiliary, EnglishNouns.Of(clause.Subject, isSubject: true), main, Ending(clause));
    }

    private static string Ending(Clause clause) => Wording.Words(
        Complements(clause.Predicate),
        clause.TimeFirst || clause.Time is null ? "" : clause.Time.English,
        clause.Subordinate is { IsFirst: false } last ? Wording.Words(last.Conjunction.English, Clause(last.Clause)) : "");

    /// <summary>All that follows the verb: "turn on the lamp" but "wake him up", "give it to the child" but "give me the key".</summary>
    private static string Complements(Predicate predicate)
    {
        var (particle, link) = (predicate.Verb.English.Particle, predicate.Verb.Link.English);
        var named = predicate.Object is { IsFronted: false } @object ? EnglishNouns.Of(@object, isSubject: false) : "";
        var verbAndObject = predicate.Object is Pronoun ? Wording.Words(link, named, particle) : Wording.Words(particle, link, named);
        var recipient = predicate.Recipient is null ? "" : EnglishNouns.Of(predicate.Recipient, isSubject: false);
        return Wording.Words(
            predicate.Recipient is Pronoun ? Wording.Words(recipient, verbAndObject)
                : recipient.Length > 0 ? Wording.Words(verbAndObject, "to", recipient)
                : verbAndObject,
            predicate.Place is { } place ? Wording.Words(place.Preposition.English, EnglishNouns.Of(place.Ground, isSubject: false)) : "",
            predicate.Adjective?.English ?? "",
            predicate.Infinitive is { } infinitive ? Infinitive(infinitive) : "");
    }

    private static string Infinitive(InfinitiveClause infinitive) => Wording.Words(
        infinitive.Marker.English,
        infinitive.Predicate.Verb.English.Base,
        Complements(infinitive.Predicate));

    private static string FrontedObject(Predicate predicate) =>
        predicate.Object is { IsFronted: true } fronted ? EnglishNouns.Of(fronted, isSubject: false) : "";
}
