using Heed.Cli.Demo.Meaning;
using Heed.Cli.Demo.Words;
using Heed.Tensors.Random;

namespace Heed.Cli.Demo.Sampling;

/// <summary>Draws the parts of a sentence: nouns with their articles, pronouns, and verbs with what they govern.</summary>
internal sealed class PhraseSampler(SeededRandom random)
{
    /// <summary>The kinds of nouns there are adjectives for.</summary>
    public const Kind Describable = Kind.Human | Kind.Animal | Kind.Writing | Kind.Reading | Kind.Openable
        | Kind.Ware | Kind.Vehicle | Kind.Surface | Kind.Location;

    private static readonly Pronoun[] Persons = [Pronoun.I, Pronoun.You, Pronoun.He, Pronoun.She, Pronoun.We, Pronoun.They];

    // German "sie" is "her" as well as "them", so neither is drawn as a direct object.
    private static readonly Pronoun[] ClearInAccusative = [Pronoun.I, Pronoun.You, Pronoun.He];

    // In the present tense "we" and "you" would add forms to each verb that are too rare to learn from few sentences. "You" has
    // its place in questions; "I" is drawn more often, for the same reason.
    private static readonly Pronoun[] CommonInPresent = [Pronoun.I, Pronoun.I, Pronoun.I, Pronoun.He, Pronoun.She, Pronoun.They];

    /// <summary>A noun of one of the kinds, with any article that suits it.</summary>
    public NounPhrase Noun(Kind kinds)
    {
        var noun = random.Pick(Nouns.All.Where(noun => (noun.Kind & kinds) != 0).ToList());
        var number = noun.HasPlural && random.Chance(25) ? Number.Plural : Number.Singular;
        var determiner = DeterminerOf(noun, number);
        var isDescribed = (noun.Kind & Describable) != 0 && (noun.Kind & (Kind.Mass | Kind.Unique)) == 0 && random.Chance(15);
        return new NounPhrase(determiner, noun, number) { Adjective = isDescribed ? Adjective(noun.Kind) : null };
    }

    /// <summary>A noun with "the" and nothing else.</summary>
    public NounPhrase Known(Kind kinds) => Noun(kinds) with { Determiner = Determiner.Definite, Adjective = null };

    /// <summary>The same noun, with "the" where it had "a" or nothing.</summary>
    public static NounPhrase Definite(NounPhrase phrase) =>
        phrase.Determiner is Determiner.Indefinite or Determiner.None ? phrase with { Determiner = Determiner.Definite } : phrase;

    /// <summary>An adjective for a noun of this kind, which must be one of <see cref="Describable"/>.</summary>
    public Adjective Adjective(Kind kind) => random.Pick(Adjectives.All.Where(adjective => (adjective.Kind & kind) != 0).ToList());

    /// <summary>A subject: now and then a pronoun where a person may be one.</summary>
    public Participant Subject(Kind kinds, int pronounPercent = 35) =>
        kinds.HasFlag(Kind.Human) && random.Chance(pronounPercent) ? random.Pick(Persons) : Noun(kinds);

    /// <summary>A subject for a verb in a tense.</summary>
    public Participant SubjectIn(Tense tense, Kind kinds) => tense switch
    {
        Tense.Past => Subject(kinds),
        Tense.Imperfect => Noun(kinds),
        _ => kinds.HasFlag(Kind.Human) && random.Chance(50) ? random.Pick(CommonInPresent) : Noun(kinds),
    };

    /// <summary>A verb of the list that the subject can be said to do, with objects and place as it needs them.</summary>
    public Predicate Predicate(Participant subject, Func<Verb, bool> filter, bool isImperfect = false) =>
        Complete(random.Pick(Verbs.All.Where(verb => (verb.Subjects & KindOf(subject)) != 0 && filter(verb)).ToList()), subject, isImperfect);

    /// <summary>A given verb with objects and place as it needs them.</summary>
    public Predicate Complete(Verb verb, Participant subject, bool isImperfect = false)
    {
        var mustBePlaced = isImperfect || !verb.Tenses.HasFlag(Tense.Past);
        return new Predicate(verb)
        {
            Object = verb.Objects == Kind.None ? null : Object(verb, subject),
            Recipient = verb.HasRecipient ? Recipient(subject) : null,
            Place = verb.CanBePlaced && (mustBePlaced || random.Chance(40)) ? Place(FunctionWords.Places) : null,
        };
    }

    public Place Place(IReadOnlyList<Preposition> prepositions)
    {
        var preposition = random.Pick(prepositions);
        return new Place(preposition, Definite(Noun(preposition.Grounds)) with { Number = Number.Singular });
    }

    /// <summary>What sort of thing or being a participant is.</summary>
    public static Kind KindOf(Participant participant) => participant switch
    {
        NounPhrase phrase => phrase.Noun.Kind,
        RelativePronoun relative => relative.Noun.Kind,
        _ => Kind.Human,
    };

    private Participant Object(Verb verb, Participant subject) =>
        verb.Objects.HasFlag(Kind.Human) && random.Chance(35)
            ? PronounBeside(subject, verb.Link.Case == Case.Dative ? Persons : ClearInAccusative)
            : Noun(verb.Objects);

    private Participant Recipient(Participant subject) => random.Chance(40) ? PronounBeside(subject, Persons) : Noun(Kind.Human);

    /// <summary>"I see you", but neither "I see me" nor "I see us".</summary>
    private Pronoun PronounBeside(Participant subject, Pronoun[] pronouns)
    {
        static bool IsSpeaker(Person person) => person is Person.I or Person.We;
        return random.Pick(pronouns.Where(pronoun => pronoun.Lemma != subject.Lemma
            && !(IsSpeaker(pronoun.Person) && IsSpeaker(subject.Person))).ToList());
    }

    private Determiner DeterminerOf(Noun noun, Number number)
    {
        var (isMass, isUnique, isOwned) = (noun.Kind.HasFlag(Kind.Mass), noun.Kind.HasFlag(Kind.Unique), noun.Kind.HasFlag(Kind.Owned));
        return isOwned && random.Chance(isUnique ? 50 : 14) ? random.Pick([Determiner.My, Determiner.Your])
            : isMass && random.Chance(50) ? Determiner.None
            : isUnique ? Determiner.Definite
            : random.Chance(14) ? Determiner.This
            : !isMass && number == Number.Singular && random.Chance(25) ? Determiner.Indefinite
            : Determiner.Definite;
    }
}
