using Heed.Cli.Demo.Meaning;
using Heed.Cli.Demo.Words;
using Heed.Tensors.Random;

namespace Heed.Cli.Demo.Sampling;

/// <summary>Draws whole meanings: one method for each way of building a statement, and the questions.</summary>
internal sealed class SentenceSampler
{
    private const Kind Being = Kind.Human | Kind.Animal;

    private readonly SeededRandom random;
    private readonly PhraseSampler phrases;
    private readonly ClauseSampler clauses;
    private readonly RelativeSampler relatives;
    private readonly IReadOnlyList<Func<Sentence>> patterns;

    public SentenceSampler(SeededRandom random)
    {
        this.random = random;
        phrases = new PhraseSampler(random);
        clauses = new ClauseSampler(random, phrases);
        relatives = new RelativeSampler(random, phrases, clauses);
        var questions = new QuestionSampler(random, phrases, clauses);
        patterns = Weighted(
            (14, Event), (10, Modal), (5, Quality),
            (6, Because), (6, That), (6, When),
            (8, Infinitive), (4, Purpose),
            (11, questions.AboutEvent), (6, questions.AboutObject), (9, questions.Request),
            (6, SubjectRelative), (4, DescribedThing), (5, ObjectRelative), (11, Nested));
    }

    /// <summary>The next meaning, of any pattern.</summary>
    public Sentence Next()
    {
        while (true)
        {
            var sentence = random.Pick(patterns)();
            if (Events.ContentWords(sentence).GroupBy(word => word).All(word => word.Count() == 1))
            {
                return sentence;
            }
        }
    }

    /// <summary>"Gestern hat der Lehrer die Tür nicht aufgemacht."</summary>
    private Sentence Event()
    {
        var clause = clauses.Event(random.Pick([Tense.Present, Tense.Present, Tense.Habitual, Tense.Past, Tense.Past, Tense.Imperfect]));
        return new Sentence(Timed(clause.Tense is Tense.Present or Tense.Past && random.Chance(22) ? Negated(clause) : clause));
    }

    /// <summary>"Morgen muss ich den Arzt anrufen."</summary>
    private Sentence Modal()
    {
        var clause = clauses.Modal();
        clause = clause.Modal!.CanBeNegated && random.Chance(20) ? Negated(clause) : clause;
        return new Sentence(random.Chance(25) ? At(clause, random.Pick(FunctionWords.FutureTimes)) : clause);
    }

    /// <summary>"Die Katze ist nicht müde."</summary>
    private Sentence Quality()
    {
        var clause = clauses.Quality(NowOrThen(), PhraseSampler.Describable);
        return new Sentence(clause with { IsNegated = random.Chance(20) });
    }

    /// <summary>"Weil das Kind krank ist, rufen wir den Arzt an."</summary>
    private Sentence Because()
    {
        var main = random.Chance(30) ? clauses.Modal() : clauses.Event();
        var reason = main.Tense == Tense.Past
            ? random.Chance(50) ? clauses.Quality(Tense.Imperfect, Being) : clauses.Event(Tense.Past)
            : random.Chance(50) ? clauses.Quality(Tense.Present, Being) : clauses.Modal();
        return new Sentence(main with { Subordinate = new Subordinate(FunctionWords.Because, reason, random.Chance(40)) });
    }

    /// <summary>"Ich weiß, dass du den Brief geschrieben hast."</summary>
    private Sentence That()
    {
        var content = random.Chance(30) ? clauses.Modal() : clauses.Event();
        var main = new Clause(phrases.Subject(Kind.Human, pronounPercent: 60), new Predicate(random.Pick(Verbs.WithThat)), Tense.Present);
        return new Sentence(main with { Subordinate = new Subordinate(FunctionWords.That, content) });
    }

    /// <summary>"Wenn die Kinder schlafen, lesen wir die Zeitung."</summary>
    private Sentence When()
    {
        var condition = clauses.Event(Tense.Habitual);
        return new Sentence(clauses.Event(Tense.Habitual) with
        {
            Subordinate = new Subordinate(FunctionWords.When, condition, random.Chance(60)),
        });
    }

    /// <summary>"Der Junge versucht, die Kiste aufzumachen."</summary>
    private Sentence Infinitive()
    {
        var subject = phrases.Subject(Kind.Human);
        var verb = random.Pick(Verbs.WithInfinitive);
        var tense = verb.Tenses.HasFlag(Tense.Present) && random.Chance(50) ? Tense.Present : Tense.Past;
        var second = phrases.Predicate(subject, verb => verb.IsDeliberate);
        return new Sentence(new Clause(subject, new Predicate(verb) { Infinitive = new InfinitiveClause(verb.Infinitive!, second) }, tense));
    }

    /// <summary>"Wir gehen in den Garten, um die Katze zu füttern."</summary>
    private Sentence Purpose()
    {
        var subject = phrases.Subject(Kind.Human);
        var second = phrases.Predicate(subject, verb => verb.IsTask);
        var going = phrases.Complete(Verbs.Go, subject) with { Infinitive = new InfinitiveClause(FunctionWords.InOrderTo, second) };
        return new Sentence(new Clause(subject, going, random.Pick([Tense.Present, Tense.Past])));
    }

    /// <summary>"Die Frau, die den Hund gefüttert hat, schläft."</summary>
    private Sentence SubjectRelative()
    {
        var tense = random.Pick([Tense.Present, Tense.Past]);
        var subject = relatives.BeingThatActs(tense);
        return new Sentence(random.Chance(25)
            ? clauses.Quality(tense == Tense.Present ? tense : NowOrThen(), subject)
            : clauses.Event(tense, subject));
    }

    /// <summary>"Das Lied, das wir gehört haben, ist schön."</summary>
    private Sentence DescribedThing() => new(clauses.Quality(NowOrThen(), relatives.ThingActedOn()));

    /// <summary>"Ich habe das Buch gelesen, das du gekauft hast."</summary>
    private Sentence ObjectRelative()
    {
        var @object = random.Chance(60) ? relatives.ThingActedOn() : relatives.BeingThatActs(Tense.Past);
        var subject = phrases.Subject(Kind.Human, pronounPercent: 60);
        var verb = random.Pick(Verbs.All.Where(verb => RelativeSampler.CanActOn(verb, @object.Noun)).ToList());
        return new Sentence(new Clause(subject, new Predicate(verb) { Object = @object }, Tense.Past));
    }

    /// <summary>"Die Katze, die auf der Matte saß, die neben dem Hund war, ist gesprungen."</summary>
    private Sentence Nested()
    {
        var subject = relatives.BeingSomewhere();
        var clause = clauses.Event(Tense.Past, subject);
        return clause.Predicate.Verb.Objects == Kind.None || random.Chance(30) ? new Sentence(clause) : Nested();
    }

    private Tense NowOrThen() => random.Chance(60) ? Tense.Present : Tense.Imperfect;

    /// <summary>A negated object with "a" is "kein" where the verb allows it, and else gets "the".</summary>
    private static Clause Negated(Clause clause)
    {
        var subject = clause.Subject is NounPhrase phrase ? PhraseSampler.Definite(phrase) : clause.Subject;
        var negated = clause with { IsNegated = true, Subject = subject };
        return clause.Predicate.Object is NounPhrase { Determiner: Determiner.Indefinite or Determiner.None } @object
            && (!negated.NegatesObject || clause.Modal is not null || clause.Predicate.Verb.IsState)
            ? negated with { Predicate = clause.Predicate with { Object = PhraseSampler.Definite(@object) } }
            : negated;
    }

    private Clause Timed(Clause clause)
    {
        var times = FunctionWords.Times.Where(time => time.Tense == clause.Tense).ToList();
        var isTimed = clause.Tense == Tense.Habitual || (times.Count > 0 && !clause.Predicate.Verb.IsState && random.Chance(35));
        return isTimed ? At(clause, random.Pick(times)) : clause;
    }

    private Clause At(Clause clause, TimeAdverb time) => clause with { Time = time, TimeFirst = random.Chance(45) };

    private static List<Func<Sentence>> Weighted(params (int Weight, Func<Sentence> Pattern)[] patterns) =>
        [.. patterns.SelectMany(entry => Enumerable.Repeat(entry.Pattern, entry.Weight))];
}
