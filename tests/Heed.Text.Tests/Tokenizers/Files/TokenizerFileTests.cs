using System.Text;
using Heed.Text.Tokenizers;

namespace Heed.Text.Tests.Tokenizers.Files;

public sealed class TokenizerFileTests
{
    public static TheoryData<string> Kinds => [.. TokenizerKind.All];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_loaded_tokenizer_gives_the_same_ids_and_the_same_file(string kind)
    {
        foreach (bool lowercase in new[] { false, true })
        {
            Tokenizer tokenizer = SmallCorpus.Train(kind, lowercase: lowercase);
            byte[] saved = SavedFile.Bytes(tokenizer);
            Tokenizer loaded = SavedFile.Parse(saved);
            Assert.Equal((kind, tokenizer.VocabSize, lowercase), (loaded.Kind, loaded.VocabSize, loaded.Lowercase));
            Assert.Equal(saved, SavedFile.Bytes(loaded));
            for (ulong seed = 0; seed < 500; seed++)
            {
                var random = new SplitMix64(seed);
                string text = RandomText.Next(ref random);
                Assert.True(tokenizer.Encode(text).SequenceEqual(loaded.Encode(text)), $"{kind}, seed {seed}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Saving_replaces_the_file_and_leaves_nothing_beside_it(string kind)
    {
        string folder = Directory.CreateTempSubdirectory("heed-tokenizer-").FullName;
        try
        {
            Tokenizer tokenizer = SmallCorpus.Train(kind);
            string inner = Path.Combine(folder, "model");
            tokenizer.Save(inner);
            tokenizer.Save(inner);
            Assert.Equal(["tokenizer.json"], Directory.GetFiles(inner).Select(Path.GetFileName));
            Assert.Equal(SavedFile.Bytes(tokenizer), File.ReadAllBytes(Path.Combine(inner, "tokenizer.json")));
            Assert.Equal(tokenizer.VocabSize, Tokenizer.Load(inner).VocabSize);
            Assert.Equal(tokenizer.VocabSize, Tokenizer.Load(Path.Combine(inner, "tokenizer.json")).VocabSize);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        string folder = Path.Combine(Path.GetTempPath(), "heed-no-such-folder");
        Assert.Contains("heed-no-such-folder", Assert.Throws<FileNotFoundException>(() => Tokenizer.Load(folder)).Message);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_file_cut_off_anywhere_is_refused(string kind)
    {
        byte[] saved = SavedFile.Bytes(SmallCorpus.Train(kind, vocabSize: 275));
        for (int length = 0; length < saved.Length; length++)
        {
            var e = Assert.Throws<InvalidDataException>(() => SavedFile.Parse(saved[..length]));
            Assert.StartsWith("tokenizer.json: ", e.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_file_with_random_damage_is_refused_or_still_works(string kind)
    {
        byte[] saved = SavedFile.Bytes(SmallCorpus.Train(kind));
        for (ulong seed = 0; seed < 1500; seed++)
        {
            var random = new SplitMix64(seed);
            byte[] damaged = [.. saved];
            for (ulong i = 0; i <= random.NextUInt64() % 3; i++)
            {
                damaged[random.NextUInt64() % (ulong)damaged.Length] = (byte)random.NextUInt64();
            }

            try
            {
                Tokenizer survivor = SavedFile.Parse(damaged);
                Assert.Equal("Ein Hund", survivor.Decode(survivor.Encode("Ein Hund")));
            }
            catch (InvalidDataException)
            {
                // The documented refusal.
            }
            catch (Exception e)
            {
                Assert.Fail($"{kind}, seed {seed}: {e}");
            }
        }
    }

    [Theory]
    [InlineData("\"id\": 2", "\"id\": 7", "added_tokens")]
    [InlineData("\"version\": \"1.0\"", "\"version\": \"9\"", "version")]
    [InlineData("\"truncation\": null", "\"truncation\": {}", "truncation")]
    [InlineData("\"type\": \"Strip\"", "\"type\": \"Strap\"", "decoder")]
    [InlineData("\"type\": \"Prepend\"", "\"type\": \"NFKC\"", "normalizer")]
    [InlineData("\"behavior\": \"Isolated\"", "\"behavior\": \"Removed\"", "pre_tokenizer")]
    [InlineData("\"type\": \"WordLevel\"", "\"type\": \"WordLebel\"", "model.type")]
    [InlineData("\"type\": \"WordLevel\"", "\"type\": 5", "model.type: expected a string, found 5")]
    [InlineData("\"kind\": \"words\"", "\"kind\": \"birds\"", "model.kind")]
    [InlineData("\"kind\": \"words\"", "\"kind\": \"characters\"", "is not one character")]
    [InlineData("\"byte_fallback\": true", "\"byte_fallback\": false", "model.byte_fallback: only true is supported here")]
    [InlineData("\"<0x41>\": 69", "\"<0x4Z>\": 69", "id 69 must be \"<0x41>\", found \"<0x4Z>\"")]
    [InlineData("\"<0x41>\": 69", "\"<0x41>\": 70", "id 70 already belongs to")]
    [InlineData("\"<0x41>\": 69", "\"<0x41>\": -1", "id -1 is out of range")]
    [InlineData("\"<0x41>\": 69", "\"<0x41>\": 1e30", "expected a whole number, found 1e30")]
    [InlineData("\"<0x41>\": 69", "\"<0x40>\": 69", "<0x40>")]
    [InlineData("\"▁Ein\"", "\"\"", "is empty")]
    [InlineData("\"▁Ein\"", "\" Ein\"", "holds a space")]
    [InlineData("\"▁Ein\"", "\"\\uD800\"", "Unicode")]
    [InlineData("\"vocab\"", "\"vocabulary\"", "model: \"vocab\" is missing")]
    public void Wrong_entries_are_named(string found, string replacement, string expected) =>
        AssertRefused(TokenizerKind.Words, found, replacement, expected);

    [Theory]
    [InlineData("\"merges\": [", "\"merges\": [\"▁ zzz\",", "model.merges[0]: \"zzz\" is not one of the learnt pieces")]
    [InlineData("\"merges\": [", "\"merges\": [\"▁ .\",", "model.merges[0]: \"▁.\" is not one of the learnt pieces")]
    [InlineData("\"merges\": [", "\"merges\": [\"<0x41> a\",", "\"<0x41>\" is not one of the learnt pieces")]
    [InlineData("\"merges\": [", "\"merges\": [\"▁E in x\",", "two pieces with one space between them, found \"▁E in x\"")]
    [InlineData("\"merges\": [", "\"merges\": [\"e r\",", "\"e r\" occurs twice")]
    [InlineData("\"merges\": [", "\"merges\": [[\"e\", \"r\"],", "expected a string")]
    [InlineData("\"dropout\": null", "\"dropout\": 0.1", "model.dropout: only null is supported here, found 0.1")]
    [InlineData("\"continuing_subword_prefix\": null", "\"continuing_subword_prefix\": \"##\"", "continuing_subword_prefix")]
    public void Wrong_merges_are_named(string found, string replacement, string expected) =>
        AssertRefused(TokenizerKind.Bpe, found, replacement, expected);

    [Theory]
    [InlineData("[\"<pad>\", 0]", "[\"<pad>\", 0, 1]", "model.vocab[0]: expected [piece, score]")]
    [InlineData("[\"<pad>\", 0]", "[\"<pad>\", 0.5]", "model.vocab[0][1]: score 0.5 is out of range")]
    [InlineData("[\"<pad>\", 0]", "[\"<pad>\", -1e300]", "out of range")]
    [InlineData("[\"<pad>\", 0]", "[\"<pad>\", 1e999]", "expected a number, found 1e999")]
    [InlineData("[\"<pad>\", 0]", "[\"<pad>\", \"0\"]", "expected a number")]
    [InlineData("[\"<pad>\", 0]", "[\"<dap>\", 0]", "id 0 must be \"<pad>\"")]
    [InlineData("[\"<pad>\", 0]", "[\"<pad>\", 0], [\"<pad>\", 0]", "id 1 must be \"<s>\"")]
    [InlineData("\"unk_id\": 3", "\"unk_id\": 0", "model.unk_id: only 3 is supported here, found 0")]
    [InlineData("[\"▁\",", "[\".\",", "occurs twice")]
    public void Wrong_scores_are_named(string found, string replacement, string expected) =>
        AssertRefused(TokenizerKind.Unigram, found, replacement, expected);

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"model\": 3}")]
    [InlineData("{\"model\": {\"type\": \"GPT\"}}")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[")]
    public void Files_that_hold_something_else_are_refused(string content) =>
        Assert.Throws<InvalidDataException>(() => SavedFile.Parse(Encoding.UTF8.GetBytes(content)));

    private static void AssertRefused(string kind, string found, string replacement, string expected)
    {
        string saved = Encoding.UTF8.GetString(SavedFile.Bytes(SmallCorpus.Train(kind)));
        Assert.Contains(found, saved, StringComparison.Ordinal);
        string damaged = saved.Replace(found, replacement, StringComparison.Ordinal);
        var e = Assert.Throws<InvalidDataException>(() => SavedFile.Parse(Encoding.UTF8.GetBytes(damaged)));
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
    }
}
