using System.Text;
using Heed.Text.Tokenizers;

namespace Heed.Text.Tests.Tokenizers.Files;

/// <summary>What is wrong in a file is named with its place.</summary>
public sealed class WrongFileTests
{
    [Theory]
    [InlineData("""{"model": {"type": "BPE", "vocab": {"a": 0, "b": 1}, "merges": ["a b"]}}""", "model.merges[0]: \"ab\" is not in model.vocab")]
    [InlineData("""{"model": {"type": "BPE", "vocab": {"a": 2000000000}, "merges": []}}""", "id 2000000000 is out of range")]
    [InlineData("""{"model": {"type": "BPE", "vocab": {"a": 0, "b": 0}, "merges": []}}""", "id 0 already belongs to \"a\"")]
    [InlineData("""{"model": {"type": "BPE", "vocab": {}, "merges": [["a"]]}}""", "expected two pieces")]
    [InlineData("""{"model": {"type": "BPE", "vocab": {}, "merges": [], "end_of_word_suffix": "</w>"}}""", "model.end_of_word_suffix: only null or \"\" is supported")]
    [InlineData("""{"model": {"type": "WordLevel", "vocab": {}}, "pretokenizer": null}""", "pretokenizer: this property is not known here; known are version,")]
    [InlineData("""{"model": {"type": "BPE", "vocab": {}, "merges": [], "vowels": 5}}""", "model.vowels: this property is not known here; known are type,")]
    [InlineData("""{"model": {"type": "Ngram", "vocab": {}}}""", "model type \"Ngram\" is not known; known are BPE, Unigram, WordLevel, WordPiece")]
    [InlineData("""{"model": {"type": "WordLevel", "vocab": {}}, "normalizer": {"type": "Upper"}}""", "normalizer.type: normalizer type \"Upper\" is not known; known are BertNormalizer, ByteLevel,")]
    [InlineData("""{"model": {"type": "WordLevel", "vocab": {}}, "pre_tokenizer": {"type": "Cut"}}""", "pre_tokenizer type \"Cut\" is not known; known are BertPreTokenizer,")]
    [InlineData("""{"model": {"type": "WordLevel", "vocab": {}}, "pre_tokenizer": {"type": "Split", "pattern": {"Regex": "x+"}, "behavior": "Isolated"}}""", "splitting pattern \"x+\" is not known; known are gpt2:")]
    [InlineData("""{"model": {"type": "WordLevel", "vocab": {}}, "decoder": {"type": "CTC"}}""", "decoder type \"CTC\" is not known; known are ByteFallback,")]
    [InlineData("""{"model": {"type": "WordLevel", "vocab": {}}, "post_processor": {"type": "Mail"}}""", "post_processor type \"Mail\" is not known; known are BertProcessing,")]
    [InlineData("""{"model": {"type": "WordLevel", "vocab": {"a": 0}}, "post_processor": {"type": "BertProcessing", "cls": ["a", 7], "sep": ["a", 0]}}""", "id 7 is out of range: the vocabulary has 1 ids")]
    [InlineData("""{"model": {"type": "WordLevel", "vocab": {"a": 0}}, "added_tokens": [{"id": 3, "content": "a"}]}""", "token \"a\" has id 3 here and 0 in the vocabulary")]
    [InlineData("""{"model": {"type": "Unigram", "vocab": [["a", 1e300]]}}""", "out of range")]
    [InlineData("""{"model": {"type": "Unigram", "unk_id": 9, "vocab": [["a", -1]]}}""", "unknown id 9 is out of range: the vocabulary has 1 ids")]
    [InlineData("""{"model": {"type": "Unigram", "vocab": []}, "normalizer": {"type": "Precompiled", "precompiled_charsmap": "AAAA"}}""", "not a precompiled character map")]
    [InlineData("""{"model": {"type": "Unigram", "vocab": []}, "normalizer": {"type": "Sequence", "normalizers": [{"type": "Replace", "pattern": {"String": "a"}, "content": "aaaaaaaaaa"}, {"type": "Replace", "pattern": {"String": "a"}, "content": "aaaaaaaaaa"}]}}""", "times as long")]
    public void What_a_tokenizer_json_asks_for_wrongly_is_named(string json, string expected)
    {
        var e = Assert.Throws<InvalidDataException>(() => Read("tokenizer.json", Encoding.UTF8.GetBytes(json)));
        Assert.StartsWith("tokenizer.json: ", e.Message, StringComparison.Ordinal);
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cl100k_base.tiktoken", "YQ== 0\nYQ== 1\n", "line 2: the token occurs twice")]
    [InlineData("cl100k_base.tiktoken", "YQ== 0\nYg== 0\n", "line 2: rank 0 occurs twice")]
    [InlineData("cl100k_base.tiktoken", "YQ== 0\n= 1\n", "line 2: expected a token in base64 and its rank, found \"= 1\"")]
    [InlineData("cl100k_base.tiktoken", "YQ== 99999999999\n", "line 1: expected a token")]
    [InlineData("some.tiktoken", "YQ== 0\n", "the splitting pattern does not follow from the name of the file; give one of gpt2, cl100k")]
    [InlineData("vocab.txt", "[UNK]\n[CLS]\n", "has no [SEP]")]
    [InlineData("vocab.txt", "[UNK]\n[CLS]\n[SEP]\na\na\n", "line 5 \"a\" already stands in line 4")]
    [InlineData("tokenizer.xyz", "", "known are *.json")]
    public void What_is_wrong_in_a_text_file_is_named_with_its_line(string name, string content, string expected) =>
        Assert.Contains(expected, Assert.Throws<InvalidDataException>(() => Read(name, Encoding.UTF8.GetBytes(content))).Message, StringComparison.Ordinal);

    private static Tokenizer Read(string name, byte[] content) => SampleFiles.Read(name, content);
}
