using Heed.Text.Tokenizers;

namespace Heed.Text.Tests.Tokenizers;

public sealed class WordTokenizerTests
{
    [Fact]
    public void The_most_frequent_words_get_the_first_ids()
    {
        var options = new TokenizerOptions { Kind = TokenizerKind.Words, VocabSize = 263 };
        Tokenizer tokenizer = SmallCorpus.Train(options, ["b a a", "c a b", "d c d", "once"]);
        // a: 3; b, c and d: 2 each, but "b" once stands at the start like any other word.
        Assert.Equal(["▁a", "▁b", "▁c"], Enumerable.Range(260, 3).Select(tokenizer.TokenText));
        Assert.Equal([260, 261, 262], tokenizer.Encode("a b c"));
    }

    [Fact]
    public void An_unknown_word_is_written_as_bytes()
    {
        Tokenizer tokenizer = SmallCorpus.Train(TokenizerKind.Words);
        Assert.Equal(["▁Ein", "<0x20>", "<0xC3>", "<0x96>", "<0x6C>"], tokenizer.Encode("Ein Öl").Select(tokenizer.TokenText));
    }
}
