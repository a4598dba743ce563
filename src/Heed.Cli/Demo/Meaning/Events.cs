namespace Heed.Cli.Demo.Meaning;

/// <summary>Names who does what to whom in a sentence, whatever its tense, number, articles and word order.</summary>
internal static class Events
{
    /// <summary>One key for each verb of the sentence, such as "cat sit mat"; pronouns and nouns by their English lemma.</summary>
    public static IEnumerable<string> Of(Sentence sentence) => Of(sentence.Clause);

    /// <summary>Every noun, verb and adjective told, a word as often as it occurs.</summary>
    public static IEnumerable<string> ContentWords(Sentence sentence) =>
        Clauses(sentence.Clause).SelectMany(clause => Predicates(clause).SelectMany(predicate => Complements(predicate)
            .OfType<NounPhrase>().SelectMany(Lemmas).Append(predicate.Verb.Lemma))
            .Concat(clause.Subject is NounPhrase subject ? Lemmas(subject) : []));

    private static IEnumerable<string> Lemmas(NounPhrase phrase) =>
        phrase.Adjective is null ? [phrase.Lemma] : [phrase.Lemma, phrase.Adjective.English];

    private static IEnumerable<string> Of(Clause clause) => Clauses(clause).SelectMany(EventsOfOne);

    private static IEnumerable<string> EventsOfOne(Clause clause)
    {
        var actor = clause.Subject.Lemma;
        foreach (var predicate in Predicates(clause))
        {
            var words = Complements(predicate).Select(complement => complement.Lemma).Prepend(predicate.Verb.Lemma).Prepend(actor);
            yield return string.Join(' ', predicate.Adjective is null ? words : words.Append(predicate.Adjective.English));
            actor = predicate.Infinitive?.Marker.ObjectActs == true ? predicate.Object!.Lemma : actor;
        }
    }

    private static IEnumerable<Clause> Clauses(Clause clause)
    {
        var relatives = Predicates(clause).SelectMany(Complements).Prepend(clause.Subject)
            .OfType<NounPhrase>().Select(phrase => phrase.Relative);
        return relatives.Append(clause.Subordinate?.Clause).OfType<Clause>().SelectMany(Clauses).Prepend(clause);
    }

    private static IEnumerable<Predicate> Predicates(Clause clause)
    {
        for (Predicate? predicate = clause.Predicate; predicate is not null; predicate = predicate.Infinitive?.Predicate)
        {
            yield return predicate;
        }
    }

    private static IEnumerable<Participant> Complements(Predicate predicate) =>
        new[] { predicate.Object, predicate.Recipient, predicate.Place?.Ground }.OfType<Participant>();
}
