using System.Text;
using Heed.Text.Tokenizers;

namespace Heed.Text.Tests.Tokenizers;

public sealed class TokenizerTests
{
    public static TheoryData<string> Kinds => [.. TokenizerKind.All];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_string_comes_back_exactly(string kind)
    {
        Tokenizer tokenizer = SmallCorpus.Train(kind);
        for (ulong seed = 0; seed < 3000; seed++)
        {
            var random = new SplitMix64(seed);
            string text = RandomText.Next(ref random);
            int[] ids = tokenizer.Encode(text);
            Assert.True(tokenizer.Decode(ids) == text, $"{kind}, seed {seed}: \"{text}\" came back as \"{tokenizer.Decode(ids)}\"");
            Assert.DoesNotContain(ids, id => id < 4 || id >= tokenizer.VocabSize);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_code_point_comes_back_exactly(string kind)
    {
        Tokenizer tokenizer = SmallCorpus.Train(kind);
        var all = new StringBuilder();
        for (int value = 0; value <= 0x10FFFF; value += value < 0x3000 ? 1 : 37)
        {
            if (Rune.IsValid(value))
            {
                all.Append(new Rune(value));
            }
        }

        Assert.Equal(all.ToString(), tokenizer.Decode(tokenizer.Encode(all.ToString())));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Lone_surrogates_come_back_as_replacement_characters(string kind)
    {
        Tokenizer tokenizer = SmallCorpus.Train(kind);
        Assert.Equal("a\uFFFDb", tokenizer.Decode(tokenizer.Encode("a\uD83Db")));
        for (ulong seed = 0; seed < 500; seed++)
        {
            var random = new SplitMix64(seed);
            string text = RandomText.Next(ref random, loneSurrogates: true);
            string expected = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
            Assert.True(tokenizer.Decode(tokenizer.Encode(text)) == expected, $"{kind}, seed {seed}");
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Special_tokens_typed_by_a_user_are_ordinary_text(string kind)
    {
        Tokenizer tokenizer = SmallCorpus.Train(kind);
        int[] ids = tokenizer.Encode("</s>");
        Assert.DoesNotContain(tokenizer.Special.EosId, ids);
        Assert.Equal("</s>", tokenizer.Decode(ids));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Decoding_leaves_special_tokens_out(string kind)
    {
        Tokenizer tokenizer = SmallCorpus.Train(kind);
        int[] ids = tokenizer.Encode("Ein Hund.");
        Assert.Equal("Ein Hund.", tokenizer.Decode([1, .. ids, 2, 0, 0, 3]));
        Assert.Equal("", tokenizer.Decode([1, 2, 0]));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_empty_text_has_no_ids(string kind)
    {
        Tokenizer tokenizer = SmallCorpus.Train(kind);
        Assert.Empty(tokenizer.Encode(""));
        Assert.Equal("", tokenizer.Decode([]));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Ids_outside_the_vocabulary_are_refused(string kind)
    {
        Tokenizer tokenizer = SmallCorpus.Train(kind);
        Assert.Contains($"0 to {tokenizer.VocabSize - 1}", Assert.Throws<ArgumentOutOfRangeException>(() => tokenizer.Decode([tokenizer.VocabSize])).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => tokenizer.TokenText(-1));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Incomplete_bytes_decode_to_replacement_characters(string kind)
    {
        Tokenizer tokenizer = SmallCorpus.Train(kind);
        Assert.Equal("a\uFFFD", tokenizer.Decode([4 + 'a', 4 + 0xE2, 4 + 0x96]));
        Assert.Equal("<0xE2>", tokenizer.TokenText(4 + 0xE2));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Lower_casing_happens_before_encoding(string kind)
    {
        Tokenizer tokenizer = SmallCorpus.Train(kind, lowercase: true);
        Assert.Equal(tokenizer.Encode("ein mann über"), tokenizer.Encode("EIN Mann ÜBER"));
        Assert.Equal("ein mann über", tokenizer.Decode(tokenizer.Encode("EIN Mann ÜBER")));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Training_does_not_depend_on_the_order_of_the_lines(string kind)
    {
        var options = new TokenizerOptions { Kind = kind, VocabSize = 400 };
        Tokenizer forward = SmallCorpus.Train(options, SmallCorpus.Lines);
        Tokenizer backward = SmallCorpus.Train(options, SmallCorpus.Lines.Reverse());
        Assert.Equal(SavedFile.Bytes(forward), SavedFile.Bytes(backward));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Training_on_no_text_gives_a_tokenizer_of_bytes(string kind)
    {
        Tokenizer tokenizer = SmallCorpus.Train(new TokenizerOptions { Kind = kind }, []);
        Assert.Equal(260, tokenizer.VocabSize);
        Assert.Equal("Ein Hund", tokenizer.Decode(tokenizer.Encode("Ein Hund")));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Training_can_be_stopped(string kind)
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() =>
            TokenizerTrainer.Train(new TokenizerOptions { Kind = kind }, SmallCorpus.Lines, null, stop.Token));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Sampled_encodings_decode_to_the_text_and_follow_the_seed(string kind)
    {
        Tokenizer tokenizer = SmallCorpus.Train(kind);
        for (ulong seed = 0; seed < 300; seed++)
        {
            var random = new SplitMix64(seed);
            string text = RandomText.Next(ref random);
            var first = random;
            var second = random;
            int[] ids = tokenizer.EncodeWithDropout(text, 0.3f, ref first);
            Assert.True(tokenizer.Decode(ids) == text, $"{kind}, seed {seed}");
            Assert.Equal(ids, tokenizer.EncodeWithDropout(text, 0.3f, ref second));
            Assert.Equal(tokenizer.Encode(text), tokenizer.EncodeWithDropout(text, 0, ref first));
        }
    }

    [Theory]
    [InlineData(-0.1f)]
    [InlineData(1.1f)]
    [InlineData(float.NaN)]
    public void Dropout_outside_0_to_1_is_refused(float dropout)
    {
        Tokenizer tokenizer = SmallCorpus.Train(TokenizerKind.Words);
        var random = new SplitMix64(1);
        Assert.Throws<ArgumentOutOfRangeException>(() => tokenizer.EncodeWithDropout("Ein", dropout, ref random));
    }
}
