using Heed.Text.Tokenizers;
using Heed.Text.Tokenizers.Unigram;

namespace Heed.Text.Tests.Tokenizers.Unigram;

public sealed class UnigramTokenizerTests
{
    [Fact]
    public void Training_finds_the_parts_words_are_made_of()
    {
        // Every word is one of 8 stems with one of 8 endings, so 16 parts explain 64 words, each seen once.
        string[] stems = ["haus", "baum", "licht", "wort", "feld", "stern", "krug", "zaun"];
        string[] endings = ["ing", "lich", "bar", "sam", "heit", "ung", "los", "voll"];
        var lines = stems.SelectMany(stem => endings.Select(ending => $"{stem}{ending}"));
        int characters = string.Concat(stems.Concat(endings)).Distinct().Count() + 1;
        Tokenizer tokenizer = SmallCorpus.Train(new TokenizerOptions { Kind = TokenizerKind.Unigram, VocabSize = 260 + characters + 16 }, lines);
        Assert.Equal(260 + characters + 16, tokenizer.VocabSize);
        Assert.Equal(["▁haus", "lich"], tokenizer.Encode("hauslich").Select(tokenizer.TokenText));
        Assert.Equal(["▁zaun", "voll", "▁stern", "los"], tokenizer.Encode("zaunvoll sternlos").Select(tokenizer.TokenText));
    }

    [Fact]
    public void The_vocabulary_has_exactly_the_size_asked_for()
    {
        foreach (int size in new[] { 305, 333, 380 })
        {
            Assert.Equal(size, SmallCorpus.Train(TokenizerKind.Unigram, size).VocabSize);
        }
    }

    [Fact]
    public void Scores_are_log_probabilities_from_the_most_to_the_least_probable()
    {
        var tokenizer = (UnigramTokenizer)SmallCorpus.Train(TokenizerKind.Unigram);
        double[] scores = tokenizer.Model.Scores.ToArray();
        Assert.Equal(scores.OrderDescending(), scores);
        Assert.InRange(scores.Sum(Math.Exp), 0.5, 1);
    }

    [Fact]
    public void A_vocabulary_smaller_than_the_alphabet_keeps_the_most_frequent_characters()
    {
        var options = new TokenizerOptions { Kind = TokenizerKind.Unigram, VocabSize = 263 };
        Tokenizer tokenizer = SmallCorpus.Train(options, ["eeee nnn xy", "eee nn z"]);
        Assert.Equal(["e", "n", "▁"], Enumerable.Range(260, 3).Select(tokenizer.TokenText).Order(StringComparer.Ordinal));
        Assert.Equal("xyz", tokenizer.Decode(tokenizer.Encode("xyz")));
    }

    [Fact]
    public void Sampling_varies_the_split_and_strong_smoothing_gives_the_best_one()
    {
        var tokenizer = (UnigramTokenizer)SmallCorpus.Train(TokenizerKind.Unigram);
        var random = new SplitMix64(8);
        string text = "Eine Frau läuft über die Wiese";
        Assert.Equal(tokenizer.Encode(text), tokenizer.EncodeSampled(text, 1000, ref random));
        Assert.Empty(tokenizer.EncodeSampled("", 1, ref random));
        var drawn = new HashSet<string>();
        for (int i = 0; i < 50; i++)
        {
            int[] ids = tokenizer.EncodeSampled(text, 0.2, ref random);
            Assert.Equal(text, tokenizer.Decode(ids));
            drawn.Add(string.Join(' ', ids));
        }

        Assert.InRange(drawn.Count, 30, 50);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Smoothing_out_of_range_is_refused(double smoothing)
    {
        var tokenizer = (UnigramTokenizer)SmallCorpus.Train(TokenizerKind.Unigram);
        var random = new SplitMix64(8);
        Assert.Throws<ArgumentOutOfRangeException>(() => tokenizer.EncodeSampled("Ein", smoothing, ref random));
    }

    [Fact]
    public void A_very_long_word_is_encoded()
    {
        string text = string.Concat(Enumerable.Repeat("läuftüberdieWiese", 15_000));
        Tokenizer tokenizer = SmallCorpus.Train(TokenizerKind.Unigram);
        Assert.Equal(text, tokenizer.Decode(tokenizer.Encode(text)));
    }
}
