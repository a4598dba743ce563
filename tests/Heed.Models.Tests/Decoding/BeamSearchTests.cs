using Heed.Models.Decoding;
using Heed.Testing;

namespace Heed.Models.Tests.Decoding;

public sealed class BeamSearchTests
{
    private const int Pad = 0;
    private const int Start = 1;
    private const int End = 2;

    private static readonly GenerationTokens Special = GenerationTokens.Create(Start, End, Pad);

    private static IReadOnlyList<IReadOnlyList<Hypothesis>> Run(FakeSession session, DecodingOptions options, params int[] maxLengths) =>
        new BeamSearch(Special, options).Run(session, maxLengths, TestContext.Current.CancellationToken);

    private static IReadOnlyList<IReadOnlyList<Hypothesis>> RunGreedy(FakeSession session, DecodingOptions options, params int[] maxLengths) =>
        new GreedySearch(Special, options).Run(session, maxLengths, TestContext.Current.CancellationToken);

    [Theory]
    [InlineData(0)]
    [InlineData(0.6)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(-1)]
    public void A_beam_as_wide_as_the_whole_space_finds_what_enumeration_finds(double lengthPenalty)
    {
        int seed = RandomTensor.FreshSeed();
        for (int sentence = 0; sentence < 6; sentence++)
        {
            int vocabSize = 4 + (sentence % 3);
            int maxLength = 1 + (sentence % 5);
            var options = new DecodingOptions { BeamSize = 2000, NBest = 7, LengthPenalty = lengthPenalty, EarlyStopping = EarlyStopping.WhenImpossible, MinLength = sentence % 2 };
            var scorer = FakeSession.RandomTable(seed, vocabSize);
            var naive = new NaiveBeamSearch(scorer, Special, options);
            var expected = naive.Enumerate(sentence, maxLength).Take(options.NBest).ToList();

            var actual = Run(new FakeSession(vocabSize, [sentence], scorer), options, maxLength)[0];
            AssertSame(naive, expected, actual, $"seed {seed}, sentence {sentence}");
        }
    }

    [Fact]
    public void A_narrow_beam_finds_what_a_plain_implementation_finds()
    {
        int seed = RandomTensor.FreshSeed();
        const int vocabSize = 9;
        var scorer = FakeSession.RandomTable(seed, vocabSize);
        for (int sentence = 0; sentence < 120; sentence++)
        {
            int beamSize = 2 + (sentence % 4);
            var options = new DecodingOptions
            {
                BeamSize = beamSize,
                NBest = 1 + (sentence % beamSize),
                LengthPenalty = (sentence % 5) * 0.5,
                EarlyStopping = (EarlyStopping)(sentence % 3),
                MinLength = sentence % 7 == 0 ? 3 : 0,
            };
            int maxLength = 4 + (sentence % 9);
            var naive = new NaiveBeamSearch(scorer, Special, options);
            var expected = naive.Search(sentence, maxLength, runsOn: options.EarlyStopping == EarlyStopping.WhenImpossible).Take(options.NBest).ToList();

            var actual = Run(new FakeSession(vocabSize, [sentence], scorer), options, maxLength)[0];
            AssertSame(naive, expected, actual, $"seed {seed}, sentence {sentence}, {options}");
        }
    }

    [Fact]
    public void A_sentence_has_the_same_results_alone_and_in_any_batch()
    {
        int seed = RandomTensor.FreshSeed();
        const int vocabSize = 40;
        foreach (bool coarse in (bool[])[false, true])
        {
            var scorer = FakeSession.RandomTable(seed, vocabSize, coarse);
            var options = new DecodingOptions { BeamSize = 4, NBest = 4, LengthPenalty = 0.8 };
            int[] sentences = [.. Enumerable.Range(0, 30)];
            int[] maxLengths = [.. sentences.Select(s => 1 + (s * 7 % 23))];
            var alone = sentences.Select(s => Describe(Run(new FakeSession(vocabSize, [s], scorer), options, maxLengths[s])[0])).ToArray();

            for (int round = 0; round < 3; round++)
            {
                new Random(seed + round).Shuffle(sentences);
                var together = Run(new FakeSession(vocabSize, sentences, scorer), options, [.. sentences.Select(s => maxLengths[s])]);
                for (int i = 0; i < sentences.Length; i++)
                {
                    Assert.True(alone[sentences[i]] == Describe(together[i]), $"seed {seed}, sentence {sentences[i]}");
                }
            }
        }
    }

    [Fact]
    public void A_beam_of_one_is_greedy_search()
    {
        int seed = RandomTensor.FreshSeed();
        const int vocabSize = 30;
        int[] sentences = [.. Enumerable.Range(0, 40)];
        int[] maxLengths = [.. sentences.Select(s => 1 + s)];
        foreach (bool coarse in (bool[])[false, true])
        {
            var scorer = FakeSession.RandomTable(seed, vocabSize, coarse);
            foreach (var stopping in Enum.GetValues<EarlyStopping>())
            {
                var options = new DecodingOptions { BeamSize = 1, EarlyStopping = stopping, MinLength = 2, LengthPenalty = 1.3 };
                var greedy = RunGreedy(new FakeSession(vocabSize, sentences, scorer), options, maxLengths);
                var beam = Run(new FakeSession(vocabSize, sentences, scorer), options, maxLengths);
                Assert.Equal(greedy.Select(Describe), beam.Select(Describe));
            }
        }
    }

    [Fact]
    public void Equal_continuations_are_ordered_by_hypothesis_then_token()
    {
        // Six tokens, all equally likely at every step.
        var session = new FakeSession(6, [0], (_, _) => new float[6]);
        var results = Run(session, new DecodingOptions { BeamSize = 3, NBest = 3, LengthPenalty = 0 }, 2)[0];

        // End (2) is the lowest token that may be written; then [3] and its continuations come before those of [4].
        Assert.Equal(["2", "3 2", "3 3"], results.Select(h => string.Join(' ', h.Tokens)));
        Assert.Equal([1, 3], session.Steps.Select(step => step.Length));
        Assert.Equal([3, 4, 5], session.Steps[1].Select(h => h.Prefix[^1]));
    }

    [Fact]
    public void Special_tokens_are_never_written_however_likely()
    {
        var scorer = FakeSession.RandomTable(3, 8);
        float[] Tempted(int sentence, int[] prefix)
        {
            float[] logits = scorer(sentence, prefix);
            (logits[Pad], logits[Start]) = (20, 30);
            return logits;
        }

        var results = Run(new FakeSession(8, [0, 1], Tempted), new DecodingOptions { BeamSize = 5, NBest = 5 }, 6, 6);
        Assert.All(results.SelectMany(r => r), h => Assert.DoesNotContain(h.Tokens, token => token is Pad or Start));
        // Their probability is not given to the others: the likeliest of those has less than e^-20.
        Assert.All(results.SelectMany(r => r), h => Assert.True(h.TokenLogProbabilities.Max() < -20));
    }

    [Fact]
    public void Outputs_are_no_shorter_than_asked_and_those_at_the_cap_are_marked_as_cut()
    {
        float[] WantsToEnd(int sentence, int[] prefix) => [0, 0, sentence == 0 ? 5 : -50, 1, 0];
        var options = new DecodingOptions { BeamSize = 2, NBest = 2, MinLength = 3 };
        var results = Run(new FakeSession(5, [0, 1], WantsToEnd), options, 6, 6);

        Assert.Equal([3, 3, 3, End], results[0][0].Tokens);
        Assert.True(results[0][0].IsFinished);
        Assert.Equal([3, 3, 3], results[0][0].TextTokens.ToArray());
        Assert.Equal([3, 3, 3, 3, 3, 3], results[1][0].Tokens);
        Assert.False(results[1][0].IsFinished);
        Assert.Equal(6, results[1][0].TextTokens.Length);
    }

    [Fact]
    public void A_session_is_not_stepped_beyond_its_own_limit()
    {
        var session = new FakeSession(5, [0], (_, _) => [0, 0, -50, 1, 0], maxLength: 4);
        var result = Run(session, new DecodingOptions(), 100)[0][0];
        Assert.Equal(4, result.Tokens.Length);
        Assert.False(result.IsFinished);
    }

    [Fact]
    public void A_sentence_that_is_done_is_not_stepped_again()
    {
        // Sentence s wants to end after s tokens.
        float[] EndsAfter(int sentence, int[] prefix) => [0, 0, prefix.Length > sentence ? 50 : -50, 1, 0];
        var session = new FakeSession(5, [4, 1, 2], EndsAfter);
        var results = Run(session, new DecodingOptions { BeamSize = 3, EarlyStopping = EarlyStopping.WhenFull }, 20, 20, 20);

        Assert.Equal([5, 2, 3], results.Select(r => r[0].Tokens.Length));
        Assert.All(session.Steps, (step, number) => Assert.All(step, h => Assert.True(h.Prefix.Length == number + 1)));
        Assert.DoesNotContain(session.Steps[3], h => h.Sentence == 1);
        Assert.DoesNotContain(session.Steps[4], h => h.Sentence == 2);
        Assert.True(session.Steps.Count < 8);
    }

    [Fact]
    public void A_model_that_allows_no_token_ends_the_output()
    {
        float[] OnlyPadding(int sentence, int[] prefix) => prefix.Length < 3 ? [0, 0, -50, 1] : [0, float.NegativeInfinity, float.NegativeInfinity, float.NegativeInfinity];
        var result = Run(new FakeSession(4, [0], OnlyPadding), new DecodingOptions { BeamSize = 2, NBest = 2 }, 9)[0];
        Assert.Equal("3 3", string.Join(' ', result.Single(h => !h.IsFinished).Tokens));

        var greedy = RunGreedy(new FakeSession(4, [0], OnlyPadding), new DecodingOptions(), 9)[0][0];
        Assert.Equal([3, 3], greedy.Tokens);
        Assert.False(greedy.IsFinished);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Scores_that_are_no_numbers_are_reported(float broken)
    {
        var session = new FakeSession(5, [0], (_, prefix) => [0, 0, 0, 1, prefix.Length == 2 ? broken : 0]);
        var error = Assert.Throws<NotFiniteNumberException>(() => Run(session, new DecodingOptions(), 9));
        Assert.Contains("its weights are damaged", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cancelled_search_ends_at_the_next_step()
    {
        using var cancellation = new CancellationTokenSource();
        var session = new FakeSession(5, [0], (_, prefix) =>
        {
            if (prefix.Length == 3)
            {
                cancellation.Cancel();
            }

            return [0, 0, -50, 1, 0];
        });
        Assert.Throws<OperationCanceledException>(() => new BeamSearch(Special, new DecodingOptions()).Run(session, [50], cancellation.Token));
        Assert.Equal(3, session.Steps.Count);
    }

    private static void AssertSame(NaiveBeamSearch naive, List<NaiveBeamSearch.Prefix> expected, IReadOnlyList<Hypothesis> actual, string where)
    {
        Assert.True(expected.Count == actual.Count, $"{where}: {actual.Count} results, expected {expected.Count}");
        for (int i = 0; i < expected.Count; i++)
        {
            string place = $"{where}, result {i}: {Describe(actual)}";
            Assert.True(expected[i].Tokens.SequenceEqual(actual[i].Tokens), place);
            Assert.True(expected[i].IsFinished == actual[i].IsFinished, place);
            // The exponentials of the search are those of 32-bit floats.
            Assert.True(Math.Abs(expected[i].LogProbability - actual[i].LogProbability) < 1e-5, place);
            Assert.True(Math.Abs(naive.ScoreOf(expected[i]) - actual[i].Score) < 1e-4, place);
            Assert.True(Math.Abs(actual[i].TokenLogProbabilities.Sum() - actual[i].LogProbability) < 1e-12, place);
        }
    }

    private static string Describe(IReadOnlyList<Hypothesis> results) => string.Join('\n', results.Select(h =>
        $"{string.Join(' ', h.Tokens)} | {string.Join(' ', h.TokenLogProbabilities.Select(p => p.ToString("R")))} | {h.LogProbability:R} {h.Score:R} {h.IsFinished}"));
}
