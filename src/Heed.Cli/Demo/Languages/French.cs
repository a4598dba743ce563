using Heed.Cli.Demo.Meaning;
using Heed.Cli.Demo.Words;

namespace Heed.Cli.Demo.Languages;

/// <summary>
/// French sentences: object pronouns stand before the verb, "ne ... pas" around it. A pronoun subject follows the verb of a
/// question ("as-tu ouvert"); any other, and "je", keeps its place after "est-ce que".
/// </summary>
internal static class French
{
    public static string Realise(Sentence sentence) => sentence.IsQuestion
        ? Wording.Finish(Question(sentence), " ?", sentence.IsLowerCase)
        : Wording.Finish(Clause(sentence.Clause), ".", sentence.IsLowerCase);

    /// <summary>A clause in the order of a statement.</summary>
    public static string Clause(Clause clause) => FrenchSpelling.Elide(Wording.Words(
        clause.Subordinate is { IsFirst: true } first ? Wording.Words(first.Conjunction.FrenchFirst, Clause(first.Clause), ",") : "",
        clause.TimeFirst ? $"{clause.Time!.French} ," : "",
        clause.Predicate.Object is RelativePronoun ? "que" : "",
        clause.Subject is Pronoun pronoun ? FrenchNouns.SubjectPronoun(pronoun) : FrenchNouns.Of(clause.Subject),
        FrenchVerbs.Group(clause),
        Ending(clause)));

    private static string Question(Sentence sentence)
    {
        var clause = sentence.Clause;
        if (clause.Subject == Interrogative.Who)
        {
            return Clause(clause);
        }

        var first = sentence.QuestionWord?.French ?? "";
        if (clause.Predicate.Object == Interrogative.What)
        {
            return FrenchSpelling.Elide($"qu'est-ce que {Clause(clause)}");
        }

        return clause.Subject is Pronoun { Person: not Person.I } pronoun
            ? FrenchSpelling.Elide(Wording.Words(first, FrenchVerbs.Group(clause, inverted: FrenchNouns.SubjectPronoun(pronoun)), Ending(clause)))
            : FrenchSpelling.Elide($"{first} est-ce que {Clause(clause)}".TrimStart());
    }

    private static string Ending(Clause clause) => Wording.Words(
        Complements(clause.Predicate, clause.Subject, clause.NegatesObject),
        clause.TimeFirst || clause.Time is null ? "" : clause.Time.French,
        clause.Subordinate is { IsFirst: false } last ? Wording.Words(last.Conjunction.French, Clause(last.Clause)) : "");

    /// <summary>All that follows the verb, pronouns that stand before it left out.</summary>
    private static string Complements(Predicate predicate, Participant actor, bool objectIsNegated)
    {
        var named = predicate.Object switch
        {
            null or { IsFronted: true } => "",
            Pronoun when FrenchVerbs.TakesClitic(predicate.Verb) => "",
            NounPhrase phrase when objectIsNegated => FrenchNouns.WithoutArticle(phrase),
            var participant => FrenchNouns.With(predicate.Verb.Link.French, participant),
        };
        return Wording.Words(
            named,
            predicate.Recipient is NounPhrase recipient ? FrenchNouns.With("à", recipient) : "",
            predicate.Place is { } place ? FrenchNouns.With(place.Preposition.French, place.Ground) : "",
            predicate.Adjective is { French: var adjective } ? FrenchVerbs.Agree(adjective, actor) : "",
            predicate.Infinitive is { } infinitive ? Infinitive(infinitive, infinitive.Marker.ObjectActs ? predicate.Object! : actor) : "");
    }

    private static string Infinitive(InfinitiveClause infinitive, Participant actor) => Wording.Words(
        infinitive.Marker.French,
        FrenchVerbs.Infinitive(infinitive.Predicate, actor),
        Complements(infinitive.Predicate, actor, objectIsNegated: false));
}
