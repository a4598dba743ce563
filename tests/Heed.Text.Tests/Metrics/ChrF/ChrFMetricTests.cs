using Heed.Text.Metrics;
using Heed.Text.Metrics.ChrF;

namespace Heed.Text.Tests.Metrics.ChrF;

public sealed class ChrFMetricTests
{
    private const double Exactly = 1e-12;

    private static ChrFMetric UpTo(int order) => new(new ChrFConfig { CharacterOrder = order });

    [Fact]
    public void The_score_is_the_f_of_the_mean_precision_and_recall()
    {
        // Characters: 2 of 2 match, 2 of 3 are found; pairs: 1 of 1, 1 of 2.
        ChrFScore score = UpTo(2).Corpus(["ab"], [["abc"]]);

        double precision = 1, recall = ((2.0 / 3) + (1.0 / 2)) / 2;
        Assert.Equal([2, 1], score.HypothesisTotals);
        Assert.Equal([3, 2], score.ReferenceTotals);
        Assert.Equal([2, 1], score.Matches);
        Assert.Equal(100 * 5 * precision * recall / ((4 * precision) + recall), score.Value, Exactly);
    }

    [Fact]
    public void Characters_are_code_points_not_halves_of_them()
    {
        // One of two emoji matches and no pair does; all share their high surrogate.
        Assert.Equal(25, UpTo(2).Corpus(["\U0001F600\U0001F601"], [["\U0001F600\U0001F602"]]).Value, Exactly);
    }

    [Fact]
    public void White_space_does_not_count_unless_asked_for()
    {
        Assert.Equal(100, UpTo(6).Corpus(["a b\u2003c\u001Cd"], [["abcd"]]).Value, Exactly);
        Assert.True(new ChrFMetric(new ChrFConfig { Whitespace = true }).Corpus(["a b c"], [["abc"]]).Value < 50);
    }

    [Theory]
    [InlineData("(hi)", 2, ")")]
    [InlineData("(hi", 2, "hi")]
    [InlineData("hi!!", 2, "!")]
    [InlineData("\"", 1, "\"")]
    [InlineData("hi»", 1, "hi»")] // only ASCII marks are split off
    [InlineData("\U0001F600", 1, "\U0001F600")]
    [InlineData("\U0001F600.", 2, "\U0001F600")]
    public void Words_lose_one_punctuation_mark_at_the_end_or_else_at_the_start(string text, long words, string oneOfThem)
    {
        var metric = new ChrFMetric(new ChrFConfig { CharacterOrder = 1, WordOrder = 1 });

        ChrFScore score = metric.Corpus([text], [[oneOfThem]]);

        Assert.Equal(words, score.HypothesisTotals[1]);
        Assert.Equal(1, score.Matches[1]);
    }

    [Fact]
    public void Of_several_references_the_best_counts_whole()
    {
        ChrFScore both = UpTo(3).Corpus(["abc"], [["xbcxx"], ["abcd"]]);
        ChrFScore best = UpTo(3).Corpus(["abc"], [["abcd"]]);

        Assert.Equal(best.Value, both.Value);
        Assert.Equal(best.ReferenceTotals, both.ReferenceTotals);
    }

    [Fact]
    public void The_text_as_a_whole_is_scored_not_the_mean_of_its_lines()
    {
        // 1 of 4 characters matches in all, although the means of the lines would be 0.5.
        Assert.Equal(25, UpTo(1).Corpus(["a", "xyz"], [["a", "uvw"]]).Value, Exactly);
    }

    [Fact]
    public void The_name_and_the_signature_name_the_settings()
    {
        ChrFScore plain = new ChrFMetric().Sentence("a", ["a"]);
        ChrFScore plusPlus = new ChrFMetric(ChrFConfig.PlusPlus with { Lowercase = true, Whitespace = true, EpsilonSmoothing = true, Beta = 3 })
            .Sentence("a", ["a", "b"]);

        Assert.Equal("chrF2", plain.Name);
        Assert.Equal($"nrefs:1|case:mixed|eff:yes|nc:6|nw:0|space:no|version:{CorpusMetric.Version}", plain.Signature);
        Assert.Equal("chrF3++", plusPlus.Name);
        Assert.Equal($"nrefs:2|case:lc|eff:no|nc:6|nw:2|space:yes|version:{CorpusMetric.Version}", plusPlus.Signature);
    }

    [Fact]
    public void Empty_lines_score_zero()
    {
        Assert.Equal(0, new ChrFMetric().Corpus([""], [[""]]).Value);
        Assert.Equal(0, new ChrFMetric(ChrFConfig.PlusPlus).Corpus(["a"], [[""]]).Value);
    }

    [Fact]
    public void Settings_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ChrFConfig { CharacterOrder = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ChrFConfig { WordOrder = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ChrFConfig { Beta = -1 });
    }
}
