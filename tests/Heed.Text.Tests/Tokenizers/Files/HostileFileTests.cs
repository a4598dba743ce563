using System.Buffers.Binary;
using System.Text;
using Heed.Text.Tests.Tokenizers.SentencePiece;
using Heed.Text.Tokenizers;

namespace Heed.Text.Tests.Tokenizers.Files;

/// <summary>Whatever stands in a file: it loads and works, or it is refused with the documented exception.</summary>
public sealed class HostileFileTests
{
    private const int Flips = 600;

    public static TheoryData<string> Names => [.. Samples().Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_whole_file_works(string name)
    {
        Tokenizer tokenizer = Read(name, Samples()[name]);
        Assert.NotEmpty(tokenizer.Encode("ab ab"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_file_cut_off_anywhere(string name)
    {
        byte[] whole = Samples()[name];
        for (int length = 0; length < whole.Length; length++)
        {
            Try(name, whole[..length], $"cut off at {length}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_file_with_random_damage(string name)
    {
        byte[] whole = Samples()[name];
        for (ulong seed = 0; seed < Flips; seed++)
        {
            var random = new SplitMix64(seed);
            byte[] damaged = [.. whole];
            for (ulong i = 0; i <= random.NextUInt64() % 3; i++)
            {
                damaged[random.NextUInt64() % (ulong)damaged.Length] = (byte)random.NextUInt64();
            }

            Try(name, damaged, $"seed {seed}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Random_bytes(string name)
    {
        for (ulong seed = 0; seed < Flips; seed++)
        {
            var random = new SplitMix64(seed);
            byte[] noise = [.. Enumerable.Range(0, (int)(random.NextUInt64() % 64)).Select(_ => (byte)random.NextUInt64())];
            Try(name, noise, $"seed {seed}");
        }
    }

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

    private static Dictionary<string, byte[]> Samples() => new()
    {
        ["a.model"] = new SentencePieceBytes(isBpe: true, byteFallback: true).Piece("▁", -3).Piece("a", -3).Piece("b", -3).Piece("ab", -1).Piece("▁ab", -2).Piece("<x>", 0, type: 4).ToArray(),
        ["b.model"] = new SentencePieceBytes(isBpe: false).Piece("▁", -3).Piece("a", -3).Piece("b", -3).Piece("ab", -4).Piece("▁ab", -5).ToArray(),
        ["vocab.txt"] = Encoding.UTF8.GetBytes("[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\na\nb\n##b\nab\né\n"),
        ["cl100k_base.tiktoken"] = SampleFiles.Tiktoken,
        ["tokenizer.bin"] = Llama2C(),
        ["tokenizer.json"] = Encoding.UTF8.GetBytes("""
            {"version": "1.0", "added_tokens": [{"id": 6, "content": "<s>", "special": true, "lstrip": true}],
             "normalizer": {"type": "Sequence", "normalizers": [{"type": "NFKC"}, {"type": "Replace", "pattern": {"String": " "}, "content": "▁"}]},
             "pre_tokenizer": {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "first"},
             "post_processor": {"type": "TemplateProcessing", "single": [{"SpecialToken": {"id": "<s>", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}],
              "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}}], "special_tokens": {"<s>": {"id": "<s>", "ids": [6], "tokens": ["<s>"]}}},
             "decoder": {"type": "Sequence", "decoders": [{"type": "Replace", "pattern": {"String": "▁"}, "content": " "}, {"type": "Fuse"}, {"type": "Strip", "content": " ", "start": 1, "stop": 0}]},
             "model": {"type": "BPE", "unk_token": "<unk>", "fuse_unk": true, "byte_fallback": true,
              "vocab": {"<unk>": 0, "a": 1, "b": 2, "▁": 3, "ab": 4, "▁ab": 5}, "merges": ["a b", ["▁", "ab"]]}}
            """),
    };

    private static byte[] Llama2C()
    {
        IEnumerable<string> names = ["<unk>", "\n<s>\n", "\n</s>\n", .. Enumerable.Range(0, 256).Select(value => $"<0x{value:X2}>"), " ", "a", "b", "ab", " ab"];
        var file = new List<byte>([5, 0, 0, 0]);
        Span<byte> number = stackalloc byte[4];
        foreach ((int place, byte[] name) in names.Select(Encoding.UTF8.GetBytes).Index())
        {
            BinaryPrimitives.WriteSingleLittleEndian(number, -place);
            file.AddRange(number);
            BinaryPrimitives.WriteInt32LittleEndian(number, name.Length);
            file.AddRange(number);
            file.AddRange(name);
        }

        return [.. file];
    }

    private static void Try(string name, byte[] content, string what)
    {
        try
        {
            Tokenizer survivor = Read(name, content);
            survivor.Decode(survivor.Encode("ab <s> é漢", new EncodeOptions { AddSpecialTokens = true }));
        }
        catch (InvalidDataException e)
        {
            Assert.StartsWith(name, e.Message, StringComparison.Ordinal);
        }
        catch (Exception e)
        {
            Assert.Fail($"{name}, {what}: {e}");
        }
    }

    private static Tokenizer Read(string name, byte[] content) => SampleFiles.Read(name, content);
}
