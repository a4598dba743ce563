using Heed.Cli.Demo.Meaning;
using Heed.Cli.Demo.Words;
using Heed.Tensors.Random;

namespace Heed.Cli.Demo.Sampling;

/// <summary>Draws clauses: somebody does, did or can do something.</summary>
internal sealed class ClauseSampler(SeededRandom random, PhraseSampler phrases)
{
    private static readonly Tense[] NowOrOver = [Tense.Present, Tense.Past, Tense.Past];

    /// <summary>What somebody is doing or did.</summary>
    public Clause Event(Participant? subject = null) => Event(random.Pick(NowOrOver), subject);

    public Clause Event(Tense tense, Participant? subject = null)
    {
        subject ??= phrases.SubjectIn(tense, random.Chance(75) ? Kind.Human : Kind.Animal);
        return new Clause(subject, phrases.Predicate(subject, verb => verb.Tenses.HasFlag(tense), tense == Tense.Imperfect), tense);
    }

    /// <summary>What somebody can, must, wants to, will or would like to do.</summary>
    /// <param name="subject">Who; anybody where it is left out.</param>
    /// <param name="mayBeMust">Whether "must" will do: "must you ...?" is stiff.</param>
    public Clause Modal(Participant? subject = null, bool mayBeMust = true)
    {
        subject ??= phrases.Subject(random.Chance(85) ? Kind.Human : Kind.Animal, pronounPercent: 50);
        var predicate = phrases.Predicate(subject, verb => verb.Tenses.HasFlag(Tense.Habitual) || (verb.IsState && verb.Tenses.HasFlag(Tense.Past)));
        return new Clause(subject, predicate, Tense.Present) { Modal = random.Pick(mayBeMust ? FunctionWords.Modals : FunctionWords.ModalsToAsk) };
    }

    /// <summary>What somebody or something is like or, with a tense in the past, was.</summary>
    public Clause Quality(Tense tense, Kind kinds) => tense == Tense.Imperfect
        ? Quality(tense, phrases.Noun(kinds))
        : Quality(tense, phrases.Subject(kinds));

    public Clause Quality(Tense tense, Participant subject)
    {
        var plain = subject is NounPhrase phrase ? PhraseSampler.Definite(phrase) with { Adjective = null } : subject;
        var adjective = phrases.Adjective(PhraseSampler.KindOf(subject));
        return new Clause(plain, new Predicate(Verbs.Be) { Adjective = adjective }, tense);
    }
}
