using System.Text;
using Heed.Testing;
using Heed.Text.Tokenizers;

namespace Heed.Text.Tests.Tokenizers.Vectors;

/// <summary>
/// Vocabularies and ids computed by transformers' own tokenizers and by SentencePiece; how is said in the README of
/// shared/golden/tokenizers.
/// </summary>
public sealed class VectorTests
{
    private static readonly EncodeOptions Parsing = new() { ParseSpecialTokens = true };
    private static readonly EncodeOptions Full = new() { ParseSpecialTokens = true, AddSpecialTokens = true };

    [Theory]
    [InlineData("bert-wordpiece", "tokenizer.json")]
    [InlineData("bert-wordpiece", "vocab.txt")]
    [InlineData("bert-wordpiece-cased", "tokenizer.json")]
    [InlineData("bert-wordpiece-cased", "vocab.txt")]
    [InlineData("gpt2-bpe", "")]
    [InlineData("gpt2-bpe", "tokenizer.json")]
    [InlineData("gpt2-bpe", "vocab.json")]
    [InlineData("gpt2-bpe", "merges.txt")]
    [InlineData("roberta-bpe", "tokenizer.json")]
    [InlineData("roberta-bpe", "vocab.json")]
    [InlineData("qwen2-bpe", "tokenizer.json")]
    [InlineData("qwen2-bpe", "vocab.json")]
    public void Hugging_face_tokenizers(string folder, string file)
    {
        string root = SharedFolder.PathOrSkip($"golden/tokenizers/{folder}");
        Tokenizer tokenizer = Tokenizer.Load(Path.Combine(root, file));
        AssertVectors(tokenizer, Path.Combine(root, "vectors.jsonl"));
    }

    [Theory]
    [InlineData("sp-unigram")]
    [InlineData("sp-bpe")]
    [InlineData("sp-unigram-no-bytes")]
    public void Sentence_piece_itself(string folder)
    {
        string root = SharedFolder.PathOrSkip($"golden/tokenizers/{folder}");
        Tokenizer tokenizer = Tokenizer.Load(root);
        foreach (TokenVector vector in TokenVector.Read(Path.Combine(root, "vectors.jsonl")))
        {
            AssertIds(vector.Ids!, tokenizer.Encode(vector.Text), vector);
            Assert.Equal(vector.Decoded, tokenizer.Decode(vector.Ids!));
            Assert.Equal(vector.Decoded, Streamed(tokenizer, vector.Ids!));
        }
    }

    [Theory]
    [InlineData("sp-bpe", "vectors_llama_legacy.jsonl", "LlamaTokenizer", true)]
    [InlineData("sp-bpe", "vectors_llama_new.jsonl", "LlamaTokenizer", false)]
    [InlineData("sp-unigram-no-bytes", "vectors_t5_legacy.jsonl", "T5Tokenizer", true)]
    [InlineData("sp-unigram-no-bytes", "vectors_t5_new.jsonl", "T5Tokenizer", false)]
    public void Sentence_piece_in_its_families(string folder, string vectors, string className, bool legacy)
    {
        string root = SharedFolder.PathOrSkip($"golden/tokenizers/{folder}");
        using var model = new TemporaryFolder();
        File.Copy(Path.Combine(root, "spiece.model"), Path.Combine(model.Path, "spiece.model"));
        File.WriteAllText(
            Path.Combine(model.Path, "tokenizer_config.json"),
            $$"""{"tokenizer_class": "{{className}}", "legacy": {{(legacy ? "true" : "false")}}, "extra_ids": 10}""");
        AssertVectors(Tokenizer.Load(model.Path), Path.Combine(root, vectors));
    }

    [Theory]
    [InlineData(false, "vectors_source.jsonl")]
    [InlineData(true, "vectors_target.jsonl")]
    public void Marian(bool isTarget, string vectors)
    {
        string root = SharedFolder.PathOrSkip("golden/tokenizers/marian-spm");
        AssertVectors(Tokenizer.Load(root, new TokenizerLoadOptions { IsTarget = isTarget }), Path.Combine(root, vectors));
    }

    private static void AssertVectors(Tokenizer tokenizer, string path)
    {
        foreach (TokenVector vector in TokenVector.Read(path))
        {
            if (vector.Pair is not null)
            {
                EncodedTextPair pair = tokenizer.EncodePair(vector.Text, vector.Pair, Full);
                AssertIds(vector.IdsWithSpecial!, pair.Ids, vector);
                Assert.Equal(vector.TypeIds ?? pair.TypeIds, pair.TypeIds);
                continue;
            }

            AssertIds(vector.IdsWithSpecial!, tokenizer.Encode(vector.Text, Full), vector);
            if (!vector.IsComposed)
            {
                AssertIds(vector.Ids!, tokenizer.Encode(vector.Text, Parsing), vector);
            }

            Assert.Equal(vector.Decoded, tokenizer.Decode(vector.Ids, new DecodeOptions { KeepSpecialTokens = true, CleanUpSpaces = false }));
            Assert.Equal(vector.Clean, tokenizer.Decode(vector.Ids, new DecodeOptions { CleanUpSpaces = true }));
            Assert.Equal(tokenizer.Decode(vector.Ids, new DecodeOptions { CleanUpSpaces = false }), Streamed(tokenizer, vector.Ids!));
        }
    }

    private static void AssertIds(int[] expected, int[] found, TokenVector vector) =>
        Assert.True(expected.SequenceEqual(found), $"\"{vector.Text}\": expected {string.Join(' ', expected)}, found {string.Join(' ', found)}");

    private static string Streamed(Tokenizer tokenizer, int[] ids)
    {
        TextStream stream = tokenizer.CreateStream();
        var text = new StringBuilder();
        foreach (int id in ids)
        {
            text.Append(stream.Append(id));
        }

        return text.Append(stream.Finish()).ToString();
    }
}
