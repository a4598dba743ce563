using Heed.Cli.Demo;
using Heed.Training.Data;

namespace Heed.Cli.Tests.Demo;

public sealed class DemoGrammarTests
{
    private static readonly DemoCorpus German = DemoGrammar.Generate(DemoDirection.GermanToEnglish, 20_000, 1_000, seed: 7);
    private static readonly DemoCorpus French = DemoGrammar.Generate(DemoDirection.EnglishToFrench, 20_000, 1_000, seed: 7);

    public static TheoryData<DemoDirection> Directions => [DemoDirection.GermanToEnglish, DemoDirection.EnglishToFrench];

    [Fact]
    public void The_showcase_holds_the_two_sentences_of_the_demo()
    {
        var both = DemoGrammar.Generate(direction: null, 10, 0, seed: 1).Showcase;

        Assert.Equal(
            [
                new("kannst du mir helfen, diesen Satz zu übersetzen?", "can you help me translate this sentence?"),
                new("The cat that was sitting on the mat, which was next to the dog, jumped.",
                    "Le chat qui était assis sur le tapis, qui était à côté du chien, a sauté."),
            ],
            both);
        Assert.Equal([both[0]], German.Showcase);
        Assert.Equal([both[1]], French.Showcase);
    }

    [Theory]
    [MemberData(nameof(Directions))]
    public void As_many_distinct_pairs_come_back_as_were_asked_for(DemoDirection direction)
    {
        var corpus = Corpus(direction);

        Assert.Equal(20_000, corpus.Training.Select(pair => pair.Source).Distinct().Count());
        Assert.Equal(1_000, corpus.HeldOut.Select(pair => pair.Source).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Directions))]
    public void Training_held_out_and_showcase_sentences_differ_in_more_than_case(DemoDirection direction)
    {
        var corpus = Corpus(direction);
        var training = Sources(corpus.Training);
        var heldOut = Sources(corpus.HeldOut);
        var showcase = Sources(corpus.Showcase);

        Assert.Empty(training.Intersect(heldOut));
        Assert.Empty(training.Intersect(showcase));
        Assert.Empty(heldOut.Intersect(showcase));
    }

    [Theory]
    [MemberData(nameof(Directions))]
    public void Every_word_to_be_tested_occurs_in_training(DemoDirection direction)
    {
        var corpus = Corpus(direction);

        foreach (var side in new Func<SentencePair, string>[] { pair => pair.Source, pair => pair.Target })
        {
            var known = corpus.Training.SelectMany(pair => Words(side(pair))).ToHashSet();
            Assert.Empty(corpus.HeldOut.Concat(corpus.Showcase).SelectMany(pair => Words(side(pair))).Except(known));
        }
    }

    [Theory]
    [MemberData(nameof(Directions))]
    public void The_vocabulary_is_small_enough_to_learn_quickly(DemoDirection direction)
    {
        var training = Corpus(direction).Training;
        var separators = new[] { ' ', ',', '.', '?', '\'', '-' };
        foreach (var side in new Func<SentencePair, string>[] { pair => pair.Source, pair => pair.Target })
        {
            Assert.InRange(
                training.SelectMany(pair => side(pair).ToLowerInvariant().Split(separators)).Distinct().Count(), 300, 700);
            Assert.InRange(training.Max(pair => side(pair).Split(' ').Length), 10, 24);
        }
    }

    [Theory]
    [MemberData(nameof(Directions))]
    public void The_constructions_of_the_showcase_are_common_in_training(DemoDirection direction)
    {
        Func<string, bool> isAlike = direction == DemoDirection.GermanToEnglish
            ? source => source.StartsWith("kannst du mir helfen, ", StringComparison.Ordinal)
            : source => source.StartsWith("The ", StringComparison.Ordinal) && source.Contains(", which was ", StringComparison.Ordinal);

        Assert.InRange(Corpus(direction).Training.Count(pair => isAlike(pair.Source)), 300, 4_000);
    }

    [Fact]
    public void The_same_seed_gives_the_same_corpus_and_another_seed_another()
    {
        var first = DemoGrammar.Generate(direction: null, 500, 50, seed: 3);
        var again = DemoGrammar.Generate(direction: null, 500, 50, seed: 3);
        var other = DemoGrammar.Generate(direction: null, 500, 50, seed: 4);

        Assert.Equal(first.Training, again.Training);
        Assert.Equal(first.HeldOut, again.HeldOut);
        Assert.NotEqual(first.Training, other.Training);
    }

    [Fact]
    public void A_seed_gives_the_same_pairs_on_every_machine()
    {
        var training = DemoGrammar.Generate(direction: null, 4, 0, seed: 42).Training;

        Assert.Equal(
            [
                new("Wer möchte dem Vater das Wasser mitbringen?", "Who would like to bring the water to the father?"),
                new("I find the black radio when she translates the words.", "Je trouve la radio noire quand elle traduit les mots."),
                new("wann möchten sie die Schwester anrufen?", "when would they like to call the sister?"),
                new("The lamps that we lost were old.", "Les lampes que nous avons perdues étaient vieilles."),
            ],
            training);
    }

    [Fact]
    public void Directions_take_turns_where_both_are_asked_for()
    {
        var training = DemoGrammar.Generate(direction: null, 200, 0, seed: 5).Training;

        Assert.All(training.Where((_, i) => i % 2 == 1), pair => Assert.Equal(pair.Source.EndsWith('?'), pair.Target.EndsWith(" ?", StringComparison.Ordinal)));
        Assert.All(training.Where((_, i) => i % 2 == 0), pair => Assert.DoesNotContain(" ?", pair.Target, StringComparison.Ordinal));
    }

    [Fact]
    public void No_sentence_has_two_translations()
    {
        foreach (var corpus in new[] { German, French })
        {
            var pairs = corpus.Training.Concat(corpus.HeldOut).Concat(corpus.Showcase).ToList();
            Assert.Equal(pairs.Count, pairs.Select(pair => pair.Source).Distinct().Count());
        }
    }

    [Fact]
    public void More_pairs_than_there_are_is_refused_with_a_way_out()
    {
        var refusal = Assert.Throws<ArgumentOutOfRangeException>(() => DemoGrammar.Generate(DemoDirection.GermanToEnglish, 1, 100, seed: 1));

        Assert.Contains("in the words of 1 training pairs; ask for fewer, or train on more", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0, -1)]
    public void A_negative_number_of_pairs_is_refused(int trainingPairs, int heldOutPairs) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => DemoGrammar.Generate(null, trainingPairs, heldOutPairs, seed: 1));

    private static DemoCorpus Corpus(DemoDirection direction) => direction == DemoDirection.GermanToEnglish ? German : French;

    private static HashSet<string> Sources(IEnumerable<SentencePair> pairs) => [.. pairs.Select(pair => pair.Source.ToLowerInvariant())];

    private static string[] Words(string sentence) => sentence.Split([' ', ',', '.', '?'], StringSplitOptions.RemoveEmptyEntries);
}
