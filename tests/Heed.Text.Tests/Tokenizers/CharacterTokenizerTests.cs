using Heed.Text.Tokenizers;

namespace Heed.Text.Tests.Tokenizers;

public sealed class CharacterTokenizerTests
{
    [Fact]
    public void Every_known_character_is_one_id()
    {
        Tokenizer tokenizer = SmallCorpus.Train(new TokenizerOptions { Kind = TokenizerKind.Characters, CharacterCoverage = 1 }, ["ab 🙂", "a"]);
        Assert.Equal(["▁", "a", "b", "🙂"], Enumerable.Range(260, 4).Select(tokenizer.TokenText));
        Assert.Equal([263, 260, 261], tokenizer.Encode("🙂 a"));
        Assert.Equal([4 + 'c'], tokenizer.Encode("c"));
    }

    [Fact]
    public void Rare_characters_are_left_to_bytes()
    {
        var options = new TokenizerOptions { Kind = TokenizerKind.Characters, CharacterCoverage = 0.9 };
        Tokenizer tokenizer = SmallCorpus.Train(options, [new string('a', 90), "bcdefghijk"]);
        Assert.Equal(261, tokenizer.VocabSize);
    }
}
