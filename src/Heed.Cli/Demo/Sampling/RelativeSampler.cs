using Heed.Cli.Demo.Meaning;
using Heed.Cli.Demo.Words;

namespace Heed.Cli.Demo.Sampling;

/// <summary>Draws nouns with relative clauses.</summary>
internal sealed class RelativeSampler(SplitMix64 random, PhraseSampler phrases, ClauseSampler clauses)
{
    private const Kind Being = Kind.Human | Kind.Animal;

    // A being as the object of a relative clause could be taken for its subject: "die Frau, die die Katze sah".
    private const Kind Thing = Kind.Writing | Kind.Reading | Kind.Ware | Kind.Vehicle;

    /// <summary>"the man who fed the dog"</summary>
    public NounPhrase BeingThatActs()
    {
        var head = phrases.Known(Being);
        return head with { Relative = clauses.Event(new RelativePronoun(head.Noun, head.Number)) };
    }

    /// <summary>"the book that I read"</summary>
    public NounPhrase ThingActedOn()
    {
        var head = phrases.Known(Thing);
        var verb = random.Pick(Verbs.All.Where(verb => CanActOn(verb, head.Noun)).ToList());
        var predicate = new Predicate(verb) { Object = new RelativePronoun(head.Noun, head.Number) };
        return head with { Relative = new Clause(phrases.Subject(Kind.Human, pronounPercent: 60), predicate, Tense.Past) };
    }

    /// <summary>"the cat that was sitting on the mat, which was next to the dog,"</summary>
    public NounPhrase BeingSomewhere()
    {
        var head = phrases.Known(Being);
        var pronoun = new RelativePronoun(head.Noun, head.Number);
        var predicate = phrases.Predicate(pronoun, verb => verb.CanBePlaced, isImperfect: true);
        var place = new Place(random.Pick([FunctionWords.On, FunctionWords.On, FunctionWords.In, FunctionWords.Under]), head);
        var ground = phrases.Known(place.Preposition.Grounds);
        place = place with { Ground = random.Chance(70) ? ground with { Relative = WhereItWas(ground) } : ground };
        return head with { Relative = new Clause(pronoun, predicate with { Place = place }, Tense.Imperfect) };
    }

    public static bool CanActOn(Verb verb, Noun noun) => verb.Link.IsDirect && verb.Tenses.HasFlag(Tense.Past)
        && !verb.HasRecipient && (verb.Objects & noun.Kind) != 0;

    private Clause WhereItWas(NounPhrase ground)
    {
        var place = phrases.Place(FunctionWords.Beside);
        var landmark = place.Ground with { Determiner = Determiner.Definite, Adjective = null };
        return new Clause(
            new RelativePronoun(ground.Noun, ground.Number, IsAside: true),
            new Predicate(Verbs.Be) { Place = place with { Ground = landmark } },
            Tense.Imperfect);
    }
}
