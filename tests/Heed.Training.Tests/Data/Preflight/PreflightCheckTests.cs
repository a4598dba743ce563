using Heed.Testing;
using Heed.Text.Tokenizers;
using Heed.Training.Data;
using Heed.Training.Data.Preflight;

namespace Heed.Training.Tests.Data.Preflight;

public sealed class PreflightCheckTests
{
    private static readonly LengthFilter Filter = new() { MaxTokens = 60, MaxRatio = 4 };

    private static readonly TrainingPlan Plan = new() { BatchTokens = 1000, Steps = 2000 };

    // Words of two letters, so that a small vocabulary knows them all. A target is about as long as its source.
    private static List<SentencePair> GoodPairs(int count = 3000)
    {
        var random = new Random(12);
        string Sentence(int length) => string.Join(' ', Enumerable.Range(0, length).Select(_ => $"{(char)random.Next('a', 'i')}{(char)random.Next('a', 'i')}"));
        return [.. Enumerable.Range(0, count).Select(_ => random.Next(5, 30)).Select(n => new SentencePair(Sentence(n), Sentence(n + random.Next(3))))];
    }

    private static Tokenizer Train(IEnumerable<SentencePair> pairs) => TokenizerTrainer.Train(
        new TokenizerOptions { Kind = TokenizerKind.Words, VocabSize = 400 }, pairs.SelectMany(p => (string[])[p.Source, p.Target]));

    private static CorpusStatistics Collect(IReadOnlyList<SentencePair> pairs, Tokenizer? tokenizer = null)
    {
        tokenizer ??= Train(pairs);
        return CorpusStatistics.Collect(pairs, tokenizer, tokenizer, Filter);
    }

    private static Finding Single(IEnumerable<Finding> findings, string part) =>
        Assert.Single(findings, f => f.Sentence.Contains(part, StringComparison.Ordinal));

    [Fact]
    public void A_good_corpus_and_plan_give_facts_only()
    {
        var pairs = GoodPairs();
        var corpus = Collect(pairs);
        var findings = PreflightCheck.Run(corpus, Plan);

        Assert.All(findings, f => Assert.Equal(FindingSeverity.Information, f.Severity));
        long tokens = corpus.SourceTokens.Total + (2 * pairs.Count);
        Assert.Equal(tokens, corpus.KeptTokens);
        Single(findings, $"3000 sentence pairs, of which 3000 are kept, with {PlainWords.Count(tokens)} tokens; the longest has {corpus.LongestPair}.");
        Single(findings, $"An epoch is about {Math.Ceiling(tokens / 1000.0)} steps of 1000 tokens; 2000 steps are ");
    }

    [Fact]
    public void Bad_lines_are_counted_and_shown()
    {
        var pairs = GoodPairs();
        pairs[2] = pairs[2] with { Source = "" };
        pairs[6] = pairs[6] with { Target = "" };
        pairs[9] = pairs[9] with { Target = "aa" };
        pairs[10] = pairs[10] with { Target = string.Join(' ', Enumerable.Repeat("ab", 200)) };
        pairs[20] = pairs[19];
        foreach (int i in Enumerable.Range(100, 40))
        {
            pairs[i] = pairs[i] with { Target = pairs[i].Source };
        }

        var findings = PreflightCheck.Run(Collect(pairs), Plan);

        Assert.Equal((FindingSeverity.Warning, "40 of 3000 pairs (1.3%) have the same text on both sides (line 101, 102, 103, 104, 105, ...)."),
            (findings[0].Severity, findings[0].Sentence));
        Assert.Equal("2 of 3000 pairs (0.067%) have an empty side and are dropped (line 3, 7).", Single(findings, "empty side").Sentence);
        Assert.Equal("1 of 3000 pairs (0.033%) have sides of very unlike length and are dropped (line 10).", Single(findings, "unlike length").Sentence);
        Assert.Equal("1 of 3000 pairs (0.033%) are longer than the limit and are dropped (line 11).", Single(findings, "longer than the limit").Sentence);
        Assert.Equal("1 of 3000 pairs (0.033%) repeat an earlier pair (line 21).", Single(findings, "repeat").Sentence);
        Assert.All(findings.Where(f => f.Severity > FindingSeverity.Information), f => Assert.NotNull(f.Mend));
        Assert.Contains("are kept", findings.First(f => f.Severity == FindingSeverity.Information).Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Sides_out_of_step_are_noticed()
    {
        var pairs = GoodPairs();
        var shifted = pairs.Select((p, i) => p with { Target = pairs[(i + 1) % pairs.Count].Target }).ToArray();
        Assert.InRange(Collect(pairs).LengthCorrelation, 0.9, 1);
        Assert.Equal(FindingSeverity.Warning, Single(PreflightCheck.Run(Collect(shifted), Plan), "Long sentences do not have long translations").Severity);
    }

    [Fact]
    public void Characters_that_the_vocabulary_does_not_know_are_noticed()
    {
        var tokenizer = Train(GoodPairs());
        var foreign = GoodPairs().Select((p, i) => i % 10 == 0 ? p with { Source = "щук" + p.Source } : p).ToArray();
        var finding = Single(PreflightCheck.Run(Collect(foreign, tokenizer), Plan), "characters that the vocabulary does not know");
        Assert.Equal(FindingSeverity.Warning, finding.Severity);
    }

    [Fact]
    public void A_vocabulary_too_large_for_the_corpus_is_noticed()
    {
        var pairs = GoodPairs(100);
        var corpus = Collect(pairs);
        string expected = $"The vocabulary has {corpus.SourceTokens.VocabSize} entries for {corpus.SourceTokens.Total} tokens: each occurs ";
        Assert.StartsWith(expected, Single(PreflightCheck.Run(corpus, Plan), "too few to learn it").Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_vocabularies_are_looked_at_apart()
    {
        var pairs = GoodPairs(100);
        var corpus = CorpusStatistics.Collect(pairs, Train(pairs), Train(pairs), Filter);
        var findings = PreflightCheck.Run(corpus, Plan);
        Single(findings, "The source vocabulary has ");
        Single(findings, "The target vocabulary has ");
    }

    [Fact]
    public void A_pair_too_long_for_the_batch_is_an_error()
    {
        var finding = PreflightCheck.Run(Collect(GoodPairs()), Plan with { BatchTokens = 50 })[0];
        Assert.Equal(FindingSeverity.Error, finding.Severity);
        Assert.EndsWith("tokens, but a batch holds only 50.", finding.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_warm_up_longer_than_the_training_is_noticed() =>
        Single(PreflightCheck.Run(Collect(GoodPairs()), Plan with { WarmupSteps = 4000 }), "rises for 4000 steps, but training ends after 2000");

    [Theory]
    [InlineData(0.02, 10_000_000, FindingSeverity.Warning)]
    [InlineData(0.001, 10_000_000, null)]
    [InlineData(0.00001, 10_000_000, FindingSeverity.Warning)]
    [InlineData(0.0007, 65_000_000, null)] // the base model of Vaswani et al. 2017
    public void A_learning_rate_unusual_for_the_size_is_noticed(double rate, long parameters, FindingSeverity? expected)
    {
        var findings = PreflightCheck.Run(Collect(GoodPairs()), Plan with { PeakLearningRate = rate, ParameterCount = parameters });
        Assert.Equal(expected, findings.SingleOrDefault(f => f.Sentence.Contains("learning rate rises to", StringComparison.Ordinal))?.Severity);
    }

    [Fact]
    public void A_model_too_large_for_the_corpus_is_noticed() =>
        Single(PreflightCheck.Run(Collect(GoodPairs(300)), Plan with { ParameterCount = 10_000_000 }), "will learn them by heart");

    [Fact]
    public void Memory_and_time_are_estimated()
    {
        var corpus = Collect(GoodPairs());
        var plan = Plan with { ParameterCount = 1_000_000, DModel = 128, NumLayers = 4, TokensPerSecond = 5000 };
        double bytes = (16 * 1e6) + (68.0 * 2000 * 128) + (256.0 * corpus.TargetTokens.VocabSize * 4) + (4 * corpus.KeptTokens);

        Assert.Equal(FindingSeverity.Information, Single(PreflightCheck.Run(corpus, plan), $"about {PlainWords.Bytes(bytes)} of memory.").Severity);
        Single(PreflightCheck.Run(corpus, plan), "2000 steps take about 7 min at 5000 tokens a second.");
        Assert.Equal(FindingSeverity.Error, Single(PreflightCheck.Run(corpus, plan with { AvailableMemory = 1_000_000 }), "but only 1 MB may be used").Severity);
    }

    [Fact]
    public void Where_nothing_is_left_that_is_the_one_finding()
    {
        var tokenizer = Train(GoodPairs());
        var finding = Assert.Single(PreflightCheck.Run(Collect([new("", "aa")], tokenizer), Plan));
        Assert.Equal((FindingSeverity.Error, "No sentence pair is left to train on, of 1."), (finding.Severity, finding.Sentence));
    }

    [Fact]
    public void Pairs_of_the_test_data_that_are_in_training_are_found()
    {
        var pairs = GoodPairs();
        var found = Collect(pairs).CountKnown([new("xx", "yy"), pairs[7], pairs[8] with { Target = "zz" }, pairs[9]]);
        Assert.Equal([2L, 4L], found.First);
    }

    [Fact]
    public void The_statistics_do_not_depend_on_the_threads()
    {
        var pairs = GoodPairs();
        var tokenizer = Train(pairs);
        var one = CorpusStatistics.Collect(pairs, tokenizer, tokenizer, Filter, threads: 1);
        var many = CorpusStatistics.Collect(pairs, tokenizer, tokenizer, Filter, threads: 7);
        Assert.Equal(one.LengthCorrelation, many.LengthCorrelation);
        Assert.Equal(PreflightCheck.Run(one, Plan), PreflightCheck.Run(many, Plan));
    }

    [Fact]
    public void Multi30k_is_a_clean_corpus()
    {
        var pairs = ParallelText.FromFiles(SharedFolder.PathOrSkip("data/multi30k/val.de.gz"), SharedFolder.PathOrSkip("data/multi30k/val.en.gz")).Read().ToArray();
        var corpus = Collect(pairs);
        Assert.Equal(1014, corpus.Pairs);
        Assert.Equal(0, corpus.Empty.Count);
        Assert.InRange(corpus.LengthCorrelation, 0.6, 1);
    }
}
