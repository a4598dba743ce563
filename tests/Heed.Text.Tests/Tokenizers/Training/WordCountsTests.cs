using Heed.Text.Tokenizers;
using Heed.Text.Tokenizers.Training;

namespace Heed.Text.Tests.Tokenizers.Training;

public sealed class WordCountsTests
{
    [Fact]
    public void Words_are_counted_and_sorted()
    {
        var counts = new WordCounts();
        counts.AddText(" b a b");
        counts.AddText(" a, b");
        Assert.Equal([(" a", 2L), (" b", 3L), (",", 1L)], counts.Sorted());
    }

    [Fact]
    public void The_rarest_words_are_forgotten_when_memory_is_full()
    {
        var counts = new WordCounts(maxCharacters: 300);
        for (int i = 0; i < 10_000; i++)
        {
            counts.AddText(FormattableString.Invariant($" often often often {i}"));
        }

        var sorted = counts.Sorted();
        Assert.InRange(sorted.Sum(entry => entry.Word.Length), 6, 300);
        Assert.Contains((" often", 30_000L), sorted);
    }

    [Fact]
    public void A_missing_line_is_named()
    {
        string[] lines = ["a", null!];
        var e = Assert.Throws<ArgumentException>(() => SmallCorpus.Train(new TokenizerOptions(), lines));
        Assert.Contains("line 2", e.Message, StringComparison.Ordinal);
    }
}
