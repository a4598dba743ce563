using Heed.Cli.Demo.Meaning;
using Heed.Cli.Demo.Words;
using Heed.Training.Data;

namespace Heed.Cli.Demo.Sampling;

/// <summary>The two sentences the demo ends with.</summary>
internal static class Showcase
{
    /// <summary>"kannst du mir helfen, diesen Satz zu übersetzen?"</summary>
    public static readonly Sentence Request = new(new Clause(Pronoun.You, Helping(), Tense.Present) { Modal = FunctionWords.Can })
    {
        IsQuestion = true,
        IsLowerCase = true,
    };

    /// <summary>"The cat that was sitting on the mat, which was next to the dog, jumped."</summary>
    public static readonly Sentence Nested = new(new Clause(CatOnTheMat(), new Predicate(Verbs.Jump), Tense.Past));

    /// <summary>What training must not hold: nobody helps me translate a sentence, no cat sits on a mat.</summary>
    public static readonly IReadOnlyList<string> HeldOutEvents = ["I translate sentence", "cat sit mat"];

    /// <summary>The rest of what the two sentences tell.</summary>
    public static IEnumerable<string> OtherEvents =>
        new[] { Request, Nested }.SelectMany(Events.Of).Except(HeldOutEvents);

    /// <summary>The sentence that shows a direction, with its translation.</summary>
    public static SentencePair Pair(DemoDirection direction) =>
        PairSampler.Realise(direction == DemoDirection.GermanToEnglish ? Request : Nested, direction);

    private static Predicate Helping() => new(Verbs.Help)
    {
        Object = Pronoun.I,
        Infinitive = new InfinitiveClause(FunctionWords.ToHelp, new Predicate(Verbs.Translate)
        {
            Object = new NounPhrase(Determiner.This, Nouns.Sentence, Number.Singular),
        }),
    };

    private static NounPhrase CatOnTheMat()
    {
        var nextToTheDog = new Predicate(Verbs.Be) { Place = new Place(FunctionWords.NextTo, The(Nouns.Dog)) };
        var mat = The(Nouns.Mat) with
        {
            Relative = new Clause(new RelativePronoun(Nouns.Mat, Number.Singular, IsAside: true), nextToTheDog, Tense.Imperfect),
        };
        var sitting = new Predicate(Verbs.Sit) { Place = new Place(FunctionWords.On, mat) };
        return The(Nouns.Cat) with { Relative = new Clause(new RelativePronoun(Nouns.Cat, Number.Singular), sitting, Tense.Imperfect) };
    }

    private static NounPhrase The(Noun noun) => new(Determiner.Definite, noun, Number.Singular);
}
