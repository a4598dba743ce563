using Heed.Text.Metrics;
using Heed.Text.Metrics.Ter;

namespace Heed.Text.Tests.Metrics.Ter;

public sealed class TerMetricTests
{
    private const double Exactly = 1e-12;

    [Theory]
    [InlineData("a b c d", "a b c d", 0)]
    [InlineData("a b x d", "a b c d", 1)] // one replaced
    [InlineData("a b d", "a b c d", 1)] // one missing
    [InlineData("a b c x d", "a b c d", 1)] // one too many
    [InlineData("c d a b", "a b c d", 1)] // two words moved at once
    [InlineData("A B C D", "a b c d", 0)]
    [InlineData("", "a b", 2)]
    [InlineData("a b", "", 2)]
    public void Edits_are_counted(string hypothesis, string reference, long edits)
    {
        Assert.Equal(edits, new TerMetric().Sentence(hypothesis, [reference]).Edits);
    }

    // Expected numbers: a line-by-line Python transcription of the search in sacreBLEU 2 (lib_ter.py), run once.
    [Theory]
    [InlineData("d a b c f g e h i k j", "a b c d e f g h i j k", 3)]
    [InlineData("b a d c f e h g", "a b c d e f g h", 4)]
    [InlineData("a b a b a c c a b d d a", "b a b a c a b c a d a d b", 4)]
    [InlineData("on the table the small red book lay yesterday", "yesterday the small red book lay on the table", 2)]
    [InlineData("x y a b c d e f g h i j k l m n", "a b c d e f g h i j k l m n x y", 1)]
    public void The_greedy_search_finds_the_published_number_of_edits(string hypothesis, string reference, long edits)
    {
        Assert.Equal(edits, new TerMetric().Sentence(hypothesis, [reference]).Edits);
    }

    [Fact]
    public void The_nearest_reference_gives_the_edits_and_all_give_the_length()
    {
        TerScore score = new TerMetric().Corpus(["a b c"], [["a b c d e"], ["a b x"], ["a b y z"]]);

        Assert.Equal(1, score.Edits);
        Assert.Equal(4, score.ReferenceLength, Exactly);
        Assert.Equal(25, score.Value, Exactly);
    }

    [Fact]
    public void Mean_lengths_that_are_fractions_add_up_exactly()
    {
        // Lengths 1, 1 and 2: four thirds a segment.
        string[] hypotheses = [.. Enumerable.Repeat("a", 3000)];
        string[] one = [.. Enumerable.Repeat("b", 3000)], two = [.. Enumerable.Repeat("c d", 3000)];

        TerScore score = new TerMetric().Corpus(hypotheses, [one, one, two]);

        Assert.Equal(4000, score.ReferenceLength);
        Assert.Equal(75, score.Value);
    }

    [Fact]
    public void Lengths_that_differ_wildly_still_have_a_path()
    {
        string many = string.Join(' ', Enumerable.Range(0, 700));

        Assert.Equal(699, new TerMetric().Sentence("350", [many]).Edits);
        Assert.Equal(699, new TerMetric().Sentence(many, ["350"]).Edits);
    }

    [Fact]
    public void References_are_tokenized_twice_as_sacreBLEU_does()
    {
        // The hypothesis becomes [x . .5]; the reference too, and then [x . . 5].
        TerScore score = new TerMetric(new TerConfig { Normalized = true }).Sentence("x..5", ["x..5"]);

        Assert.Equal((2, 4.0), (score.Edits, score.ReferenceLength));
    }

    [Fact]
    public void References_without_words_count_output_as_all_wrong()
    {
        Assert.Equal(100, new TerMetric().Sentence("a b", [""]).Value);
        Assert.Equal(0, new TerMetric().Sentence("", [""]).Value);
    }

    [Fact]
    public void A_long_line_needs_memory_for_its_length_not_its_square()
    {
        string words = string.Join(' ', Enumerable.Range(0, 100_000));

        Assert.Equal(1, new TerMetric().Sentence(words, [words + " end"]).Edits);
    }

    [Fact]
    public void Options_change_what_a_word_is()
    {
        TerScore plain = new TerMetric().Sentence("Hello, world.", ["hello world"]);
        TerScore without = new TerMetric(new TerConfig { NoPunctuation = true }).Sentence("Hello, world.", ["hello world"]);
        TerScore cased = new TerMetric(new TerConfig { NoPunctuation = true, CaseSensitive = true }).Sentence("Hello, world.", ["hello world"]);

        Assert.Equal((2, 0, 1), (plain.Edits, without.Edits, cased.Edits));
        Assert.Equal($"nrefs:1|case:lc|tok:tercom|norm:no|punct:yes|asian:no|version:{CorpusMetric.Version}", plain.Signature);
        Assert.Equal($"nrefs:1|case:mixed|tok:tercom|norm:no|punct:no|asian:no|version:{CorpusMetric.Version}", cased.Signature);
        Assert.Equal("TER = 100.00", plain.Format());
    }
}
