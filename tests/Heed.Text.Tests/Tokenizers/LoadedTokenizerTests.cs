using System.Text;
using Heed.Testing;
using Heed.Text.Tokenizers;

namespace Heed.Text.Tests.Tokenizers;

public sealed class LoadedTokenizerTests
{
    private static readonly EncodeOptions Parsing = new() { ParseSpecialTokens = true };

    [Theory]
    [InlineData("""{"id": 4, "content": "<x>", "special": true}""", "a<x> b", "a <x> b")]
    [InlineData("""{"id": 4, "content": "<x>", "special": true, "lstrip": true}""", "a  <x> b", "a <x> b")]
    [InlineData("""{"id": 4, "content": "ab", "special": true, "single_word": true}""", "ab aab ab", "ab ? ab")]
    [InlineData("""{"id": 4, "content": "<x>", "special": true}, {"id": 5, "content": "<x>y", "special": true}""", "a<x>y<x>", "a <x>y <x>")]
    public void Special_tokens_are_found_where_asked_for(string added, string text, string expected) =>
        Assert.Equal(expected, SampleFiles.Pieces(SampleFiles.ReadJson(SampleFiles.WordsWith(added)), text, Parsing));

    [Fact]
    public void Special_tokens_typed_by_a_user_are_text()
    {
        Tokenizer tokenizer = SampleFiles.ReadJson(SampleFiles.WordsWith("""{"id": 4, "content": "<x>", "special": true}"""));
        Assert.Equal("a ? b", SampleFiles.Pieces(tokenizer, "a <x> b"));
        Tokenizer bytes = SampleFiles.Read("cl100k_base.tiktoken", SampleFiles.Tiktoken);
        Assert.Equal("<|endoftext|>", bytes.Decode(bytes.Encode("<|endoftext|>")));
    }

    [Fact]
    public void Added_tokens_that_are_not_special_are_always_found()
    {
        Tokenizer tokenizer = SampleFiles.ReadJson(SampleFiles.WordsWith("""{"id": 4, "content": "<x>", "special": false, "normalized": false}"""));
        Assert.Equal("a <x> b", SampleFiles.Pieces(tokenizer, "a<x>b"));
        Assert.False(tokenizer.IsSpecial(4));
    }

    [Fact]
    public void Tiktoken_joins_the_pair_of_the_lowest_rank_first()
    {
        Tokenizer tokenizer = SampleFiles.Read("cl100k_base.tiktoken", SampleFiles.Tiktoken);
        Assert.Equal(260, tokenizer.VocabSize);
        Assert.Equal([259], tokenizer.Encode("the"));
        Assert.Equal([256, 257], tokenizer.Encode("ab ab"));
        Assert.Equal([(byte)'t', 256], tokenizer.Encode("tab"));
    }

    [Fact]
    public void A_stream_never_gives_half_a_character()
    {
        Tokenizer tokenizer = SampleFiles.Read("cl100k_base.tiktoken", SampleFiles.Tiktoken);
        for (ulong seed = 0; seed < 1000; seed++)
        {
            var random = new SplitMix64(seed);
            string text = RandomText.Next(ref random).Replace("\uFFFD", "", StringComparison.Ordinal);
            TextStream stream = tokenizer.CreateStream();
            var whole = new StringBuilder();
            foreach (int id in tokenizer.Encode(text))
            {
                string part = stream.Append(id);
                Assert.True(!part.Contains('\uFFFD') && part.Length == part.EnumerateRunes().Sum(rune => rune.Utf16SequenceLength), $"seed {seed}");
                whole.Append(part);
            }

            Assert.True(text == whole.Append(stream.Finish()).ToString(), $"seed {seed}");
        }
    }

    [Fact]
    public void Bytes_that_never_become_a_character_are_marked()
    {
        Tokenizer tokenizer = SampleFiles.Read("cl100k_base.tiktoken", SampleFiles.Tiktoken);
        TextStream stream = tokenizer.CreateStream();
        Assert.Equal("", stream.Append(0xE6));
        Assert.Equal("", stream.Append(0xBC));
        Assert.Equal("\uFFFDa", stream.Append('a'));
        Assert.Equal("", stream.Append(0xF0));
        Assert.Equal("\uFFFD", stream.Finish());
        Assert.Equal("\uFFFDa\uFFFD", tokenizer.Decode([0xE6, 0xBC, 'a', 0xF0]));
    }

    [Fact]
    public void A_stream_and_a_whole_decode_agree_on_any_ids()
    {
        Tokenizer tokenizer = SampleFiles.Read("cl100k_base.tiktoken", SampleFiles.Tiktoken);
        for (ulong seed = 0; seed < 1000; seed++)
        {
            var random = new SplitMix64(seed);
            int[] ids = [.. Enumerable.Range(0, (int)(random.NextUInt64() % 20)).Select(_ => (int)(random.NextUInt64() % 260))];
            TextStream stream = tokenizer.CreateStream();
            string streamed = string.Concat(ids.Select(stream.Append)) + stream.Finish();
            Assert.True(tokenizer.Decode(ids) == streamed, $"seed {seed}");
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(0)]
    public void A_batch_gives_the_ids_of_each_text_in_order(int threads)
    {
        Tokenizer tokenizer = SampleFiles.Read("cl100k_base.tiktoken", SampleFiles.Tiktoken);
        var random = new SplitMix64(1);
        var texts = new List<string>();
        for (int i = 0; i < 500; i++)
        {
            texts.Add(RandomText.Next(ref random));
        }

        int[][] ids = tokenizer.EncodeBatch(texts, default, threads, TestContext.Current.CancellationToken);
        Assert.Equal(texts.Select(text => tokenizer.Encode(text)), ids);
    }

    [Fact]
    public void Saving_gives_back_the_files_unchanged()
    {
        using var folder = new TemporaryFolder();
        SampleFiles.Read("cl100k_base.tiktoken", SampleFiles.Tiktoken).Save(folder.Path);
        Assert.Equal(SampleFiles.Tiktoken, File.ReadAllBytes(folder.File("cl100k_base.tiktoken")));
        Assert.Equal([256], Tokenizer.Load(folder.Path).Encode("ab"));
    }

    public static TheoryData<string, string> OtherNames() => new()
    {
        { "my_vocab.txt", "[UNK]\n[CLS]\n[SEP]\na\n##b\n" },
        { "names.json", """{"a": 0, "b": 1, "ab": 2}""" },
    };

    [Theory]
    [MemberData(nameof(OtherNames))]
    public void What_was_read_from_a_file_of_any_name_is_found_in_the_folder_that_it_is_saved_to(string name, string content)
    {
        using TemporaryFolder source = new(), saved = new();
        source.File("merges.txt", "a b\n");
        Tokenizer tokenizer = Tokenizer.Load(source.File(name, content));
        tokenizer.Save(saved.Path);
        Assert.Equal(tokenizer.Encode("ab b"), Tokenizer.Load(saved.Path).Encode("ab b"));
        Assert.All(Directory.GetFiles(saved.Path), file => Assert.True(TokenizerFiles.Contains(Path.GetFileName(file)), file));
    }

    [Fact]
    public void A_long_word_is_merged_in_reasonable_time_and_comes_back()
    {
        Tokenizer tokenizer = SampleFiles.Read("cl100k_base.tiktoken", SampleFiles.Tiktoken);
        string word = string.Concat(Enumerable.Repeat("abthe", 20_000));
        Assert.Equal(40_000, tokenizer.Encode(word).Length);
        Assert.Equal(word, tokenizer.Decode(tokenizer.Encode(word)));
    }

    [Fact]
    public void A_trained_tokenizer_parses_its_special_tokens_where_asked_for()
    {
        Tokenizer tokenizer = SmallCorpus.Train(TokenizerKind.Bpe);
        int[] ids = tokenizer.Encode("Ein Hund</s>", Parsing);
        Assert.Equal(tokenizer.Special.EosId, ids[^1]);
        Assert.Equal("Ein Hund", tokenizer.Decode(ids));
        Assert.Equal("Ein Hund</s>", tokenizer.Decode(ids, new DecodeOptions { KeepSpecialTokens = true }));
        Assert.True(tokenizer.TryGetTokenId("</s>", out int end));
        Assert.Equal(ids[^1], end);
    }
}
