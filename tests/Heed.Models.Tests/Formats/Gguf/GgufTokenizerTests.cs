using Heed.Models.Formats;
using Heed.Models.Formats.Gguf;
using Heed.Models.Generation;
using Heed.Models.Pretrained;
using Heed.Testing;
using Heed.Text.Tokenizers;

namespace Heed.Models.Tests.Formats.Gguf;

/// <summary>Files that bring their tokenizer along.</summary>
public sealed class GgufTokenizerTests : IDisposable
{
    private static readonly EncodeOptions Full = new() { AddSpecialTokens = true };

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_file_opens_with_its_own_tokenizer()
    {
        string path = Path.Combine(folder.Path, "alone.gguf");
        File.Copy(SharedFolder.PathOrSkip("data/stories260K/stories260K.gguf"), path);
        TextGenerator generator = TextGenerator.Load(path);
        string published = File.ReadAllText(SharedFolder.PathOrSkip("data/stories260K/expected_greedy_n200_t0.txt"));
        GenerationResult result = generator.Generate(string.Empty, new GenerationOptions { MaxNewTokens = 200 }, TestContext.Current.CancellationToken);
        Assert.Equal(published.TrimEnd(), result.Text);
    }

    [Fact]
    public void It_is_the_tokenizer_of_the_models_other_file()
    {
        Tokenizer expected = Tokenizer.Load(SharedFolder.PathOrSkip("data/stories260K/tok512.bin"));
        Tokenizer tokenizer = PretrainedTokenizer.Load(SharedFolder.PathOrSkip("data/stories260K/stories260K.gguf"));
        string story = File.ReadAllText(SharedFolder.PathOrSkip("data/stories260K/expected_greedy_n200_t0.txt"));
        foreach (string text in (string[])[story, "two  spaces ", "Ünïcödé 東京 🙂", ""])
        {
            Assert.Equal(expected.Encode(text, Full), text.Length == 0 ? [1] : tokenizer.Encode(text, Full));
            Assert.Equal(text, tokenizer.Decode(tokenizer.Encode(text)));
        }
    }

    [Theory]
    [InlineData("gpt2-bpe", null)]
    [InlineData("qwen2-bpe", null)]
    [InlineData("sp-bpe", SentencePieceFamily.LlamaLegacy)]
    public void What_is_written_is_read(string name, SentencePieceFamily? family)
    {
        string root = SharedFolder.PathOrSkip($"golden/tokenizers/{name}");
        Tokenizer tokenizer = Tokenizer.Load(root, new TokenizerLoadOptions { Family = family });
        GgufVocabulary vocabulary = GgufVocabulary.Of(tokenizer) with { ChatTemplate = "{{ bos_token }}" };
        PretrainedModel model = PretrainedModel.Load(SharedFolder.PathOrSkip("golden/hf/llama"));
        string path = folder.File("model.gguf");
        model.SaveGguf(path, tokenizer: vocabulary);
        using (GgufFile file = GgufFile.Open(path))
        {
            GgufVocabulary again = GgufTokenizer.Read(file.Values)!;
            Assert.Equal(vocabulary.Tokens, again.Tokens);
            Assert.Equal(vocabulary.Scores, again.Scores);
            Assert.Equal(vocabulary.TokenTypes, again.TokenTypes);
            Assert.Equal(vocabulary.Merges, again.Merges);
            Assert.Equal(vocabulary with { Tokens = [], Scores = [], TokenTypes = [], Merges = [], CharacterMap = [] }, again with { Tokens = [], Scores = [], TokenTypes = [], Merges = [], CharacterMap = [] });
        }

        const string text = "A tiny text, isn't it?  12345 東京";
        Assert.Equal(tokenizer.Encode(text, Full), PretrainedTokenizer.Load(path).Encode(text, Full));
    }

    [Fact]
    public void A_file_without_one_says_so()
    {
        string path = folder.File("model.gguf");
        PretrainedModel.Load(SharedFolder.PathOrSkip("golden/hf/llama")).SaveGguf(path);
        Assert.Contains("no tokenizer in the file", Assert.Throws<ModelFileException>(() => PretrainedTokenizer.Load(path)).Message, StringComparison.Ordinal);
        Assert.Null(PretrainedModel.Load(path).EmbeddedTokenizer());
    }

    [Theory]
    [InlineData("tokenizer.ggml.tokens", "tokenizer.ggml.tokens\" is UInt32 \"7\"; expected an array of texts")]
    [InlineData("tokenizer.ggml.pre", "tokenizer.ggml.pre\" is UInt32 \"7\"; expected a text")]
    [InlineData("tokenizer.ggml.add_bos_token", "expected a truth value")]
    public void Values_of_the_wrong_type_are_named(string key, string expected)
    {
        var writer = new GgufWriter();
        writer.Add("tokenizer.ggml.model", GgufValue.Of("gpt2"));
        writer.Add(key, GgufValue.Of(7u));
        string path = folder.File("bad.gguf");
        writer.Save(path);
        Assert.Contains(expected, Assert.Throws<ModelFileException>(() => PretrainedTokenizer.Load(path)).Message, StringComparison.Ordinal);
    }
}
