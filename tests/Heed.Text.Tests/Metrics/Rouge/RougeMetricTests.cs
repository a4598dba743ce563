using Heed.Text.Metrics;
using Heed.Text.Metrics.Rouge;

namespace Heed.Text.Tests.Metrics.Rouge;

public sealed class RougeMetricTests
{
    private const double Nearly = 1e-9;

    private static RougeScore Score(RougeKind kind, string prediction, params string[] targets) =>
        new RougeMetric(new RougeConfig { Kind = kind }).Sentence(prediction, targets);

    [Fact]
    public void Single_words_and_pairs_are_counted()
    {
        RougeScore one = Score(RougeKind.Rouge1, "The big dog barks", "the dog barks, the cat sleeps");
        RougeScore two = Score(RougeKind.Rouge2, "The big dog barks", "the dog barks, the cat sleeps");

        Assert.Equal((3.0 / 4, 3.0 / 6), (one.Precision, one.Recall));
        Assert.Equal(2 * 0.75 * 0.5 / 1.25, one.FMeasure, Nearly);
        Assert.Equal(100 * one.FMeasure, one.Value, Nearly);
        Assert.Equal(1.0 / 3, two.Precision, Nearly);
        Assert.Equal(1.0 / 5, two.Recall, Nearly);
    }

    [Fact]
    public void The_longest_common_subsequence_may_have_gaps_but_keeps_the_order()
    {
        RougeScore score = Score(RougeKind.RougeL, "c a x b", "a b c d");

        Assert.Equal((2.0 / 4, 2.0 / 4), (score.Precision, score.Recall));
    }

    [Fact]
    public void A_summary_counts_the_union_over_its_sentences_and_no_word_twice()
    {
        RougeScore union = Score(RougeKind.RougeLsum, "a b x y z\na c z y e", "a b c d e");
        RougeScore repeated = Score(RougeKind.RougeLsum, "a b", "a b\na b\na b");

        Assert.Equal(4.0 / 5, union.Recall, Nearly);
        Assert.Equal(4.0 / 10, union.Precision, Nearly);
        Assert.Equal(2.0 / 6, repeated.Recall, Nearly);
        Assert.Equal(1, repeated.Precision, Nearly);
    }

    [Theory]
    [InlineData("", "a b")]
    [InlineData("a b", "")]
    [InlineData("...", "a b")]
    [InlineData("\n\n", "\n")]
    public void Texts_without_words_score_zero(string prediction, string target)
    {
        Assert.All(Enum.GetValues<RougeKind>(), kind => Assert.Equal(0, Score(kind, prediction, target).Value));
    }

    [Fact]
    public void The_best_reference_counts()
    {
        RougeScore score = Score(RougeKind.Rouge1, "a b c", "x y z", "a b c d", "a q");

        Assert.Equal((1.0, 0.75), (score.Precision, score.Recall));
    }

    [Fact]
    public void A_text_scores_the_mean_of_its_segments()
    {
        RougeScore score = new RougeMetric().Corpus(["a b c d", "x"], [["a b c d", "y"]]);

        Assert.Equal(50, score.Value, Nearly);
    }

    [Fact]
    public void The_stemmer_joins_forms_of_a_word()
    {
        var metric = new RougeMetric(new RougeConfig { UseStemmer = true });

        Assert.Equal(100, metric.Sentence("connected running", ["connections runs"]).Value, Nearly);
        Assert.Equal(0, metric.Sentence("ads", ["ad"]).Value); // too short to be stemmed
        Assert.Equal(0, Score(RougeKind.Rouge1, "connected", "connections").Value);
    }

    [Fact]
    public void Letters_beyond_ascii_separate_words()
    {
        Assert.Equal(100, Score(RougeKind.Rouge1, "Stra\u00DFe", "stra e").Value, Nearly);
        Assert.Equal(100, Score(RougeKind.Rouge1, "\u212A2", "k2").Value, Nearly); // the Kelvin sign is a k in lower case
    }

    [Fact]
    public void The_signature_names_the_settings()
    {
        RougeScore score = new RougeMetric(new RougeConfig { Kind = RougeKind.RougeLsum, UseStemmer = true }).Sentence("a", ["a"]);

        Assert.Equal($"nrefs:1|case:lc|tok:rouge|stem:porter|mean:segments|version:{CorpusMetric.Version}", score.Signature);
        Assert.Equal("ROUGE-Lsum = 100.00", score.Format());
    }

    [Fact]
    public void A_comparison_that_would_need_too_much_memory_is_refused()
    {
        string words = string.Join(' ', Enumerable.Repeat("w", 100_000));

        string message = Assert.Throws<ArgumentException>(() => Score(RougeKind.RougeLsum, words, words)).Message;

        Assert.Contains("100000", message, StringComparison.Ordinal);
        Assert.Contains("line breaks", message, StringComparison.Ordinal);
    }
}
