using Heed.Cli.Demo.Meaning;
using Heed.Cli.Demo.Words;

namespace Heed.Cli.Tests.Demo;

/// <summary>Finds words by their English names and builds meanings of them, for tests that say what a meaning should look like.</summary>
internal static class Lexicon
{
    public static Noun Noun(string lemma) => Nouns.All.Single(noun => noun.Lemma == lemma);

    public static Adjective Adjective(string english) => Adjectives.All.Single(adjective => adjective.English == english);

    public static Modal Modal(string english) =>
        FunctionWords.Modals.Single(modal => $"{modal.EnglishAuxiliary} {modal.EnglishVerb}".Trim() == english);

    public static TimeAdverb Time(string english) =>
        FunctionWords.Times.Concat(FunctionWords.FutureTimes).First(time => time.English == english);

    public static NounPhrase The(string lemma) => Phrase(Determiner.Definite, lemma);

    public static NounPhrase A(string lemma) => Phrase(Determiner.Indefinite, lemma);

    public static NounPhrase This(string lemma) => Phrase(Determiner.This, lemma);

    public static NounPhrase My(string lemma) => Phrase(Determiner.My, lemma);

    public static NounPhrase Some(string lemma) => Phrase(Determiner.None, lemma);

    private static NounPhrase Phrase(Determiner determiner, string lemma) => new(determiner, Noun(lemma), Number.Singular);

    public static NounPhrase Many(this NounPhrase phrase) => phrase with { Number = Number.Plural };

    public static NounPhrase Being(this NounPhrase phrase, string adjective) => phrase with { Adjective = Adjective(adjective) };

    /// <summary>"the man who ...": the rest of the clause follows.</summary>
    public static NounPhrase Who(this NounPhrase phrase, Func<Participant, Clause> clause) =>
        phrase with { Relative = clause(new RelativePronoun(phrase.Noun, phrase.Number)) };

    /// <summary>"the mat, which was ...": the rest of the clause follows.</summary>
    public static NounPhrase AsideWhich(this NounPhrase phrase, Func<Participant, Clause> clause) =>
        phrase with { Relative = clause(new RelativePronoun(phrase.Noun, phrase.Number, IsAside: true)) };

    /// <summary>A verb that takes an object, when one is given, or one that takes none.</summary>
    public static Predicate Do(string lemma, Participant? @object = null) =>
        new(Verbs.All.Single(verb => verb.Lemma == lemma && (verb.Objects != Kind.None) == (@object is not null))) { Object = @object };

    public static Predicate To(this Predicate predicate, Participant recipient) => predicate with { Recipient = recipient };

    public static Predicate At(this Predicate predicate, Preposition preposition, NounPhrase ground) =>
        predicate with { Place = new Place(preposition, ground) };

    public static Predicate Be(string adjective) => new(Verbs.Be) { Adjective = Adjective(adjective) };

    /// <summary>"try to ...", "forget to ...".</summary>
    public static Predicate Set(string lemma, Predicate second)
    {
        var verb = Verbs.WithInfinitive.Single(verb => verb.Lemma == lemma);
        return new Predicate(verb) { Infinitive = new InfinitiveClause(verb.Infinitive!, second) };
    }

    /// <summary>"know that ...", "hope that ...": the clause is added by <see cref="With"/>.</summary>
    public static Predicate Hold(string lemma) => new(Verbs.WithThat.Single(verb => verb.Lemma == lemma));

    public static Predicate Then(this Predicate predicate, InfinitiveMarker marker, Predicate second) =>
        predicate with { Infinitive = new InfinitiveClause(marker, second) };

    public static Clause Now(Participant subject, Predicate predicate) => new(subject, predicate, Tense.Present);

    public static Clause Always(Participant subject, Predicate predicate) => new(subject, predicate, Tense.Habitual);

    public static Clause Did(Participant subject, Predicate predicate) => new(subject, predicate, Tense.Past);

    public static Clause Was(Participant subject, Predicate predicate) => new(subject, predicate, Tense.Imperfect);

    public static Clause Modal(Participant subject, string modal, Predicate predicate) => Now(subject, predicate) with { Modal = Modal(modal) };

    public static Clause Not(this Clause clause) => clause with { IsNegated = true };

    public static Clause When(this Clause clause, string time, bool first = false) => clause with { Time = Time(time), TimeFirst = first };

    public static Clause With(this Clause clause, Conjunction conjunction, Clause other, bool first = false) =>
        clause with { Subordinate = new Subordinate(conjunction, other, first) };

    public static Sentence Told(this Clause clause) => new(clause);

    public static Sentence Asked(this Clause clause, QuestionWord? word = null) => new(clause) { IsQuestion = true, QuestionWord = word };
}
