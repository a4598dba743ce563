using Heed.Cli.Demo.Meaning;
using Heed.Cli.Demo.Words;
using Heed.Tensors.Random;

namespace Heed.Cli.Demo.Sampling;

/// <summary>Draws nouns with relative clauses.</summary>
internal sealed class RelativeSampler(SeededRandom random, PhraseSampler phrases, ClauseSampler clauses)
{
    private const Kind Being = Kind.Human | Kind.Animal;

    // A being as the object of a relative clause could be taken for its subject: "die Frau, die die Katze sah".
    private const Kind Thing = Kind.Writing | Kind.Reading | Kind.Ware | Kind.Vehicle;

    /// <summary>"the man who fed the dog"</summary>
    public NounPhrase BeingThatActs(Tense tense)
    {
        var head = phrases.Known(Being);
        return head with { Relative = clauses.Event(tense, new RelativePronoun(head.Noun, head.Number)) };
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
        var preposition = random.Pick([FunctionWords.On, FunctionWords.On, FunctionWords.In, FunctionWords.Under]);
        var ground = phrases.Known(preposition.Grounds) with { Number = Number.Singular };
        var isPlacedItself = !ground.Noun.Kind.HasFlag(Kind.Room) && random.Chance(75);
        var place = new Place(preposition, isPlacedItself ? ground with { Relative = WhereItWas(ground) } : ground);
        var predicate = phrases.Predicate(pronoun, verb => verb.CanBePlaced) with { Place = place };
        return head with { Relative = new Clause(pronoun, predicate, Tense.Imperfect) };
    }

    /// <summary>Whether the verb may have had this noun as its object: a verb that goes with many things and needs nobody else.</summary>
    public static bool CanActOn(Verb verb, Noun noun) => verb.Link.IsDirect && verb.Tenses.HasFlag(Tense.Past)
        && !verb.HasRecipient && (verb.Objects & noun.Kind) != 0 && (verb.Objects & (Kind.Writing | Kind.Ware)) != 0;

    private Clause WhereItWas(NounPhrase ground)
    {
        var preposition = random.Pick(FunctionWords.Beside);
        var landmark = phrases.Known(ground.Noun.Kind.HasFlag(Kind.Large) ? Kind.Large : preposition.Grounds) with { Number = Number.Singular };
        return new Clause(
            new RelativePronoun(ground.Noun, ground.Number, IsAside: true),
            new Predicate(Verbs.Be) { Place = new Place(preposition, landmark) },
            Tense.Imperfect);
    }
}
