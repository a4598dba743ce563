using Heed.Text.Metrics;
using Heed.Text.Metrics.Bleu;
using Heed.Text.Metrics.Tokenization;

namespace Heed.Text.Tests.Metrics.Bleu;

public sealed class BleuMetricTests
{
    private const double Exactly = 1e-12;

    // Of 6 words 5 match, of 5 pairs 3, of 4 triples 1, of 3 quadruples none; the lengths agree.
    private const string Hypothesis = "the cat sat on the mat";
    private const string Reference = "the cat is on the mat";

    [Fact]
    public void The_score_is_the_geometric_mean_of_the_precisions()
    {
        BleuScore score = new BleuMetric().Corpus([Hypothesis], [[Reference]]);

        Assert.Equal([5, 3, 1, 0], score.Matches);
        Assert.Equal([6, 5, 4, 3], score.Totals);
        // The order without a match counts half a match: 0.5 / 3.
        Assert.Equal(100 * Math.Pow(5.0 / 6 * (3.0 / 5) * (1.0 / 4) * (0.5 / 3), 0.25), score.Value, Exactly);
        Assert.Equal("BLEU = 37.99 83.3/60.0/25.0/16.7 (BP = 1.000 ratio = 1.000 hyp_len = 6 ref_len = 6)", score.ToString());
    }

    [Theory]
    [InlineData("none", null, 0)]
    [InlineData("floor", null, 0.1 / 3)]
    [InlineData("floor", 0.3, 0.3 / 3)]
    [InlineData("exp", null, 0.5 / 3)]
    public void Smoothing_gives_an_order_without_a_match_its_precision(string name, double? value, double precision)
    {
        var metric = new BleuMetric(new BleuConfig { Smoothing = BleuSmoothing.FromName(name, value) });

        BleuScore score = metric.Corpus([Hypothesis], [[Reference]]);

        Assert.Equal(100 * precision, score.Precisions[3], Exactly);
        Assert.Equal(100 * Math.Pow(5.0 / 6 * (3.0 / 5) * (1.0 / 4) * precision, 0.25), score.Value, Exactly);
    }

    [Fact]
    public void Add_k_smoothing_adds_to_every_order_but_the_first()
    {
        var metric = new BleuMetric(new BleuConfig { Smoothing = BleuSmoothing.AddK(2) });

        BleuScore score = metric.Corpus([Hypothesis], [[Reference]]);

        Assert.Equal([100 * 5.0 / 6, 100 * 5.0 / 7, 100 * 3.0 / 6, 100 * 2.0 / 5], score.Precisions);
        Assert.Equal([5, 3, 1, 0], score.Matches);
    }

    [Fact]
    public void A_second_order_without_a_match_counts_a_quarter()
    {
        BleuScore score = new BleuMetric().Corpus(["a b c d e"], [["e d c b a"]]);

        Assert.Equal([100, 100 * 0.5 / 4, 100 * 0.25 / 3, 100 * 0.125 / 2], score.Precisions);
    }

    [Fact]
    public void Short_output_is_punished_and_long_output_is_not()
    {
        BleuScore shorter = new BleuMetric().Corpus(["one two three four"], [["one two three four five"]]);
        BleuScore longer = new BleuMetric().Corpus(["one two three four five"], [["one two three four"]]);

        Assert.Equal(Math.Exp(1 - (5.0 / 4)), shorter.BrevityPenalty, Exactly);
        Assert.Equal(100 * Math.Exp(-0.25), shorter.Value, Exactly);
        Assert.Equal(1, longer.BrevityPenalty);
    }

    [Fact]
    public void A_repeated_word_counts_as_often_as_one_reference_has_it()
    {
        BleuScore score = new BleuMetric().Corpus(["the the the the"], [["the a the"], ["the b c"]]);

        Assert.Equal(2, score.Matches[0]);
    }

    [Theory]
    [InlineData("a b c d e", "a b c d", "a b c d e f", 4)] // both differ by one: the shorter
    [InlineData("a b c d e", "a b c d e f", "a b c d", 4)]
    [InlineData("a b c d e", "a", "a b c d e f g", 7)]
    [InlineData("", "a b", "a", 1)]
    public void The_reference_nearest_in_length_sets_the_length(string hypothesis, string first, string second, long length)
    {
        Assert.Equal(length, new BleuMetric().Corpus([hypothesis], [[first], [second]]).ReferenceLength);
    }

    [Fact]
    public void Effective_order_leaves_out_orders_longer_than_the_sentence()
    {
        Assert.Equal(100, new BleuMetric(BleuConfig.ForSentences).Sentence("two words", ["two words"]).Value, Exactly);
        Assert.Equal(0, new BleuMetric().Sentence("two words", ["two words"]).Value);
    }

    [Fact]
    public void Case_counts_unless_it_is_told_not_to()
    {
        Assert.Equal(0, new BleuMetric().Corpus(["ΟΔΟΣ STRASSE"], [["οδος strasse"]]).Value);
        BleuScore lowered = new BleuMetric(new BleuConfig { Lowercase = true, MaxOrder = 2 }).Corpus(["ΟΔΟΣ STRASSE"], [["οδος strasse"]]);
        Assert.Equal(100, lowered.Value, Exactly);
    }

    [Fact]
    public void Characters_are_code_points_not_halves_of_them()
    {
        // The two emoji share their high surrogate: in UTF-16 units three of four would match.
        var metric = new BleuMetric(new BleuConfig { Tokenizer = BleuTokenizer.Characters, MaxOrder = 1 });

        Assert.Equal(50, metric.Corpus(["\U0001F600\U0001F600"], [["\U0001F600\U0001F601"]]).Value, Exactly);
    }

    [Fact]
    public void Nothing_in_common_scores_zero_however_smooth()
    {
        foreach (string name in (string[])["exp", "none", "floor", "add-k"])
        {
            var metric = new BleuMetric(new BleuConfig { Smoothing = BleuSmoothing.FromName(name) });
            Assert.Equal(0, metric.Corpus(["a b c d e"], [["f g h i j"]]).Value);
            Assert.Equal(0, metric.Corpus([""], [["f g h i j"]]).Value);
            Assert.Equal(0, metric.Corpus([""], [[""]]).Value);
        }
    }

    [Fact]
    public void The_signature_names_the_settings()
    {
        var config = new BleuConfig
        {
            Lowercase = true,
            EffectiveOrder = true,
            Tokenizer = BleuTokenizer.International,
            Smoothing = BleuSmoothing.Floor(),
        };

        BleuScore score = new BleuMetric(config).Sentence("a", ["a"]);

        Assert.Equal($"nrefs:1|case:lc|eff:yes|tok:intl|smooth:floor[0.10]|version:{CorpusMetric.Version}", score.Signature);
        Assert.Equal(
            $"BLEU|{score.Signature} = 100.0 100.0/0.0/0.0/0.0 (BP = 1.000 ratio = 1.000 hyp_len = 1 ref_len = 1)",
            score.Format(decimals: 1, withSignature: true));
        Assert.Matches(@"^heed-\d+\.\d+\.\d+", CorpusMetric.Version);
        Assert.DoesNotContain("+", CorpusMetric.Version, StringComparison.Ordinal);
    }

    [Fact]
    public void A_hundred_lines_that_look_tokenized_bring_a_warning()
    {
        string[] lines = [.. Enumerable.Repeat("This was split already .", 100)];

        Assert.Contains("100 hypotheses", new BleuMetric().Corpus(lines, [lines]).Warning, StringComparison.Ordinal);
        Assert.Null(new BleuMetric().Corpus(lines[1..], [lines[1..]]).Warning);
        Assert.Null(new BleuMetric(new BleuConfig { Force = true }).Corpus(lines, [lines]).Warning);
        Assert.Null(new BleuMetric(new BleuConfig { Tokenizer = BleuTokenizer.None }).Corpus(lines, [lines]).Warning);
    }

    [Fact]
    public void Wrong_settings_say_what_is_right()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new BleuConfig { MaxOrder = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => BleuSmoothing.Floor(-1));
        Assert.Contains("exp, none, floor, add-k", Assert.Throws<ArgumentException>(() => BleuSmoothing.FromName("laplace")).Message, StringComparison.Ordinal);
        Assert.Contains("takes no value", Assert.Throws<ArgumentException>(() => BleuSmoothing.FromName("exp", 1)).Message, StringComparison.Ordinal);
        Assert.Contains("13a, intl, char, none", Assert.Throws<ArgumentException>(() => BleuTokenizer.FromName("moses")).Message, StringComparison.Ordinal);
        Assert.Contains("needs 4 counts", Assert.Throws<ArgumentException>(() => new BleuMetric().FromCounts([1], [1], 1, 1)).Message, StringComparison.Ordinal);
    }
}
