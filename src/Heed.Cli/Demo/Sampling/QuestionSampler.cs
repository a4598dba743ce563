using Heed.Cli.Demo.Meaning;
using Heed.Cli.Demo.Words;
using Heed.Tensors.Random;

namespace Heed.Cli.Demo.Sampling;

/// <summary>Draws questions.</summary>
internal sealed class QuestionSampler(SeededRandom random, PhraseSampler phrases, ClauseSampler clauses)
{
    private const Kind Being = Kind.Human | Kind.Animal;

    /// <summary>"Warum hast du das Fenster zugemacht?", "Wer kann uns helfen?"</summary>
    public Sentence AboutEvent()
    {
        Participant subject = random.Chance(20) ? Interrogative.Who : Subject();
        var clause = random.Chance(30) ? clauses.Modal(subject, mayBeMust: false) : clauses.Event(random.Pick([Tense.Present, Tense.Past]), subject);
        var word = subject is Interrogative || random.Chance(50) ? null
            : clause.Tense == Tense.Past || clause.Modal is not null ? random.Pick(FunctionWords.QuestionWords)
            : FunctionWords.Why;
        return Asked(clause) with { QuestionWord = word };
    }

    /// <summary>"Was hat der Student gelesen?"</summary>
    public Sentence AboutObject()
    {
        var subject = Subject();
        var clause = random.Chance(25) ? clauses.Modal(subject, mayBeMust: false) : clauses.Event(subject);
        return clause.Predicate is { Object: NounPhrase, Verb: { Link.IsDirect: true } verb } && (verb.Objects & ~Being) != 0
            ? Asked(clause with { Predicate = clause.Predicate with { Object = Interrogative.What } })
            : AboutObject();
    }

    /// <summary>"Kannst du mir helfen, diesen Satz zu übersetzen?"</summary>
    public Sentence Request()
    {
        var helper = random.Chance(75) ? Pronoun.You : phrases.Subject(Kind.Human);
        var helping = phrases.Complete(Verbs.Help, helper);
        helping = helper == Pronoun.You && random.Chance(60) ? helping with { Object = Pronoun.I } : helping;
        var second = phrases.Predicate(helping.Object!, verb => verb.IsTask);
        if (second is not { Object: NounPhrase @object, Recipient: null or NounPhrase })
        {
            return Request();
        }

        var isPointedAt = !@object.Noun.Kind.HasFlag(Kind.Human) && random.Chance(60);
        second = isPointedAt ? second with { Object = @object with { Determiner = Determiner.This } } : second;
        var predicate = helping with { Infinitive = new InfinitiveClause(FunctionWords.ToHelp, second) };
        return Asked(new Clause(helper, predicate, Tense.Present) { Modal = FunctionWords.Can });
    }

    /// <summary>Whom a question is about: often the one who is asked, never the one who asks.</summary>
    private Participant Subject()
    {
        var other = phrases.SubjectIn(Tense.Present, random.Chance(75) ? Kind.Human : Kind.Animal);
        return random.Chance(60) || other == Pronoun.I ? Pronoun.You : other;
    }

    private Sentence Asked(Clause clause) => new(clause) { IsQuestion = true, IsLowerCase = random.Chance(50) };
}
