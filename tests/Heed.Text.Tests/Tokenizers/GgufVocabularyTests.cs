using System.Collections.Immutable;
using Heed.Testing;
using Heed.Text.Tests.Tokenizers.SentencePiece;
using Heed.Text.Tests.Tokenizers.Vectors;
using Heed.Text.Tokenizers;
using Heed.Text.Tokenizers.SentencePiece;

namespace Heed.Text.Tests.Tokenizers;

/// <summary>Tokenizers taken apart into the lists of GGUF files, and put together again.</summary>
public sealed class GgufVocabularyTests
{
    private static readonly EncodeOptions Parsing = new() { ParseSpecialTokens = true };
    private static readonly EncodeOptions Full = new() { ParseSpecialTokens = true, AddSpecialTokens = true };

    [Fact]
    public void Gpt2_gives_the_ids_that_llama_cpp_tests_for()
    {
        var vocabulary = GgufVocabulary.Of(Tokenizer.Load(SharedFolder.PathOrSkip("data/tokenizers/gpt2/encoder.json")));
        Assert.Equal(("gpt2", "gpt-2", 50257, 50000), (vocabulary.Model, vocabulary.PreTokenizer, vocabulary.Tokens.Length, vocabulary.Merges.Length));
        LlamaCppVectors.AssertGpt2(vocabulary.CreateTokenizer("x.gguf"));
    }

    [Theory]
    [InlineData("gpt2-bpe", "tokenizer.json", "gpt-2", "vectors.jsonl")]
    [InlineData("gpt2-bpe", "vocab.json", "gpt-2", "vectors.jsonl")]
    [InlineData("qwen2-bpe", "tokenizer.json", "qwen2", "vectors.jsonl")]
    [InlineData("sp-bpe", "spiece.model", "default", "vectors_llama_legacy.jsonl")]
    public void A_tokenizer_comes_back_the_same_also_from_the_files_it_saves(string folder, string file, string pre, string vectors)
    {
        string root = SharedFolder.PathOrSkip($"golden/tokenizers/{folder}");
        var vocabulary = GgufVocabulary.Of(Tokenizer.Load(Path.Combine(root, file), new TokenizerLoadOptions { Family = SentencePieceFamily.LlamaLegacy }), size: 700);
        Assert.Equal((pre, 700), (vocabulary.PreTokenizer, vocabulary.Tokens.Length));
        Tokenizer tokenizer = vocabulary.CreateTokenizer("x.gguf");
        using var saved = new TemporaryFolder();
        tokenizer.Save(saved.Path);
        foreach (Tokenizer each in (Tokenizer[])[tokenizer, Tokenizer.Load(saved.Path)])
        {
            foreach (TokenVector vector in TokenVector.Read(Path.Combine(root, vectors)).Where(vector => vector.Pair is null))
            {
                Assert.Equal(vector.Ids, each.Encode(vector.Text, Parsing));
                Assert.Equal(vector.IdsWithSpecial, each.Encode(vector.Text, Full));
                Assert.Equal(vector.Decoded, each.Decode(vector.Ids, new DecodeOptions { KeepSpecialTokens = true, CleanUpSpaces = false }));
            }
        }
    }

    /// <summary>LLaMA's <c>tokenizer.json</c> has merges where its SentencePiece model has scores.</summary>
    [Fact]
    public void Merges_of_characters_become_scores()
    {
        Tokenizer tokenizer = SampleFiles.ReadJson("""
            {"added_tokens": [{"id": 0, "content": "<unk>", "special": true}, {"id": 1, "content": "<s>", "special": true}],
             "normalizer": {"type": "Sequence", "normalizers": [{"type": "Prepend", "prepend": "▁"}, {"type": "Replace", "pattern": {"String": " "}, "content": "▁"}]},
             "decoder": {"type": "Sequence", "decoders": [{"type": "Replace", "pattern": {"String": "▁"}, "content": " "}, {"type": "ByteFallback"}, {"type": "Fuse"}, {"type": "Strip", "content": " ", "start": 1, "stop": 0}]},
             "model": {"type": "BPE", "unk_token": "<unk>", "fuse_unk": true, "byte_fallback": false,
                       "vocab": {"<unk>": 0, "<s>": 1, "▁": 2, "a": 3, "b": 4, "ab": 5, "▁a": 6, "▁ab": 7}, "merges": ["a b", "▁ a", "▁ ab", "▁a b"]}}
            """);
        var vocabulary = GgufVocabulary.Of(tokenizer);
        Assert.Equal("llama", vocabulary.Model);
        Assert.Equal([-1, -2, -3], vocabulary.Scores[5..]);
        Assert.Equal([2, 3, 1, 1, 1, 1, 1, 1], vocabulary.TokenTypes);
        Assert.Equal("▁ab ▁a a ▁ <unk>", SampleFiles.Pieces(vocabulary.CreateTokenizer("x.gguf"), "ab aa zz"));
    }

    [Fact]
    public void Unigram()
    {
        string path = SharedFolder.PathOrSkip("data/tokenizers/t5/t5_tokenizer_base.model");
        Tokenizer expected = Tokenizer.Load(path, new TokenizerLoadOptions { Family = SentencePieceFamily.T5Legacy });
        byte[] content = File.ReadAllBytes(path);
        SentencePieceFile file = SentencePieceFile.Parse(path, content);
        string[] extra = [.. Enumerable.Range(0, 100).Reverse().Select(i => $"<extra_id_{i}>")];
        Tokenizer tokenizer = new GgufVocabulary
        {
            Model = "t5",
            Tokens = [.. file.Pieces.Select(piece => piece.Text), .. extra],
            Scores = [.. file.Pieces.Select(piece => piece.Score), .. extra.Select(_ => 0f)],
            TokenTypes = [.. file.Pieces.Select(piece => (int)piece.Type), .. extra.Select(_ => (int)PieceType.Control)],
            BosId = null,
            EosId = 1,
            UnknownId = 2,
            PaddingId = 0,
            RemovesExtraSpaces = true,
            CharacterMap = [.. SentencePieceBytes.CharactersOf(content)],
        }.CreateTokenizer("t5.gguf");
        foreach (string text in (string[])["Hello World!", "  two  spaces ", "Ünïcödé ﬁ ½ ①", "東京 <extra_id_3> x", ""])
        {
            Assert.Equal(expected.Encode(text, new EncodeOptions { AddSpecialTokens = true }), tokenizer.Encode(text, new EncodeOptions { AddSpecialTokens = true }));
        }

        Assert.Equal([32096, 1], tokenizer.Encode("<extra_id_3>", Full));
    }

    [Theory]
    [InlineData("uncased")]
    [InlineData("cased")]
    public void WordPiece_in_llama_cpps_spelling(string kind)
    {
        string path = SharedFolder.PathOrSkip($"data/tokenizers/bert/bert_base_{kind}_vocab.txt");
        string[] names = File.ReadAllLines(path);
        Tokenizer expected = Tokenizer.Load(path);
        Tokenizer tokenizer = new GgufVocabulary
        {
            Model = "bert",
            Tokens = [.. names.Select(name => name is ['[', .., ']'] ? name : name.StartsWith("##", StringComparison.Ordinal) ? name[2..] : "▁" + name)],
            TokenTypes = [.. names.Select(name => name is ['[', .., ']'] ? 3 : 1)],
        }.CreateTokenizer("bert.gguf");
        foreach (string text in (string[])["Unaffable naïve [MASK] dogs, don't!", "東京 is [x]", "zzzzqqq\u0301 12345", ""])
        {
            Assert.Equal(expected.Encode(text, Full), tokenizer.Encode(text, Full));
        }
    }

    /// <summary>llama.cpp's default: signs, GPT-2's words, runs of digits, and threes of digits, one after the other.</summary>
    [Theory]
    [InlineData(null, "123 4 5")]
    [InlineData("default", "123 4 5")]
    [InlineData("gpt-2", "12 345")]
    [InlineData("starcoder", "1 2 3 4 5")]
    public void The_way_to_cut_words_has_a_name(string? pre, string expected)
    {
        Tokenizer tokenizer = new GgufVocabulary
        {
            Model = "gpt2",
            PreTokenizer = pre,
            Tokens = ["1", "2", "3", "4", "5", "34", "12", "345", "123"],
            Merges = ["3 4", "1 2", "34 5", "12 3"],
        }.CreateTokenizer("x.gguf");
        Assert.Equal(expected, SampleFiles.Pieces(tokenizer, "12345"));
    }

    [Fact]
    public void Names_of_control_tokens_are_text_unless_asked_for()
    {
        Tokenizer tokenizer = ByteLevel(vocabulary => vocabulary with { AddsBos = true });
        Assert.Equal([0, .. "<s>".Select(letter => 2 + Symbols.IndexOf(letter))], tokenizer.Encode("<s>", new EncodeOptions { AddSpecialTokens = true }));
        Assert.Equal([0, 2 + Symbols.IndexOf('a'), 0], tokenizer.Encode("a<s>", Full));
        Assert.Equal("a", tokenizer.Decode([0, 2 + Symbols.IndexOf('a'), 0]));
        Assert.Equal((0, 1), (tokenizer.Special.BosId, tokenizer.Special.EosId));
    }

    [Fact]
    public void A_marked_name_stays_text()
    {
        Tokenizer tokenizer = ByteLevel(vocabulary => vocabulary);
        var options = new EncodeOptions { ParseSpecialTokens = true, PlainMark = '\uFDD0' };
        Assert.Equal([0, .. tokenizer.Encode("<s>"), 1], tokenizer.Encode("<s><\uFDD0s></s>", options));
    }

    [Fact]
    public void The_chat_template_is_saved_along()
    {
        using var folder = new TemporaryFolder();
        ByteLevel(vocabulary => vocabulary with { ChatTemplate = "{{ messages }}" }).Save(folder.Path);
        Assert.Contains("\"chat_template\": \"{{ messages }}\"", File.ReadAllText(Path.Combine(folder.Path, "tokenizer_config.json")), StringComparison.Ordinal);
    }

    public static TheoryData<string> Bad() => [.. Mistakes.Keys];

    [Theory]
    [MemberData(nameof(Bad))]
    public void What_makes_no_sense_is_named(string expected)
    {
        var error = Assert.Throws<InvalidDataException>(() => ByteLevel(Mistakes[expected]));
        Assert.StartsWith("x.gguf: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_lists_give_an_error_in_words()
    {
        int seed = RandomTensor.FreshSeed();
        var random = new Random(seed);
        for (int round = 0; round < 3000; round++)
        {
            Exception? error = Record.Exception(() => ByteLevel(vocabulary => Damaged(vocabulary, random)).Encode("a <s> b12 é"));
            Assert.True(error is null or InvalidDataException, $"seed {seed}, round {round}: {error}");
        }
    }

    [Fact]
    public void A_tokenizer_without_a_counterpart_is_refused_with_the_reason()
    {
        Tokenizer wordPiece = SampleFiles.Read("vocab.txt", "[UNK]\n[CLS]\n[SEP]\na\n"u8.ToArray());
        Assert.Contains("only byte-pair tokenizers", Assert.Throws<ArgumentException>(() => GgufVocabulary.Of(wordPiece)).Message, StringComparison.Ordinal);
        Tokenizer lowercases = SampleFiles.ReadJson("""
            {"normalizer": {"type": "Lowercase"}, "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": false}, "decoder": {"type": "ByteLevel"},
             "model": {"type": "BPE", "vocab": {"h": 0, "H": 1, "e": 2}, "merges": []}}
            """);
        Assert.Contains("other ids", Assert.Throws<ArgumentException>(() => GgufVocabulary.Of(lowercases)).Message, StringComparison.Ordinal);
    }

    private const string Symbols = "<s>/abĠ12";

    private static Dictionary<string, Func<GgufVocabulary, GgufVocabulary>> Mistakes { get; } = new()
    {
        ["tokenizer.ggml.model is \"rwkv\"; known are llama, gpt2, t5 and bert"] = v => v with { Model = "rwkv" },
        ["tokenizer.ggml.pre is \"qwen9\"; known are"] = v => v with { PreTokenizer = "qwen9" },
        ["tokenizer.ggml.tokens holds 0 names"] = v => v with { Tokens = [], TokenTypes = [] },
        ["\"a\" is token 6 and token 11"] = v => v with { Tokens = v.Tokens.SetItem(10, "2").Add("a"), TokenTypes = [] },
        ["tokenizer.ggml.tokens token 3 has 600 characters"] = v => v with { Tokens = v.Tokens.SetItem(3, new string('x', 600)) },
        ["tokenizer.ggml.token_type holds 1 values for 11 tokens"] = v => v with { TokenTypes = [1] },
        ["tokenizer.ggml.token_type holds the unknown type 9"] = v => v with { TokenTypes = v.TokenTypes.SetItem(2, 9) },
        ["tokenizer.ggml.scores holds NaN"] = v => v with { Scores = [.. v.Tokens.Select(_ => float.NaN)] },
        ["tokenizer.ggml.bos_token_id is 99, but there are 11 tokens"] = v => v with { BosId = 99 },
        ["\"q\" is not in model.vocab"] = v => v with { Merges = ["q a"] },
        ["expected two pieces"] = v => v with { Merges = ["a"] },
        ["there is no tokenizer.ggml.scores"] = v => v with { Model = "llama" },
        ["marks no token as unknown"] = v => v with { Model = "llama", Scores = [.. v.Tokens.Select(_ => 0f)] },
        ["has no [UNK]"] = v => v with { Model = "bert" },
    };

    private static Tokenizer ByteLevel(Func<GgufVocabulary, GgufVocabulary> change) => change(new GgufVocabulary
    {
        Model = "gpt2",
        PreTokenizer = "gpt-2",
        Tokens = ["<s>", "</s>", .. Symbols.Select(letter => letter.ToString())],
        TokenTypes = [3, 3, .. Symbols.Select(_ => 1)],
        BosId = 0,
        EosId = 1,
    }).CreateTokenizer("x.gguf");

    private static GgufVocabulary Damaged(GgufVocabulary vocabulary, Random random) => random.Next(9) switch
    {
        0 => vocabulary with { Model = random.Next(3) switch { 0 => "llama", 1 => "t5", _ => "bert" }, Scores = [.. vocabulary.Tokens.Select(_ => (float)random.NextDouble())] },
        1 => vocabulary with { Model = "llama", UnknownId = random.Next(-2, 13), BosId = random.Next(-2, 13), Scores = [.. vocabulary.Tokens.Select(_ => 1e38f)] },
        2 => vocabulary with { Tokens = vocabulary.Tokens.SetItem(random.Next(11), random.Next(3) switch { 0 => "", 1 => "\ud800", _ => "<0x41>" }) },
        3 => vocabulary with { TokenTypes = [.. vocabulary.TokenTypes.Select(_ => random.Next(1, 7))] },
        4 => vocabulary with { Merges = [.. Enumerable.Range(0, random.Next(4)).Select(_ => vocabulary.Tokens[random.Next(11)] + " " + vocabulary.Tokens[random.Next(11)])] },
        5 => vocabulary with { Model = "t5", Scores = [.. vocabulary.Tokens.Select(_ => -1f)], UnknownId = random.Next(11), CharacterMap = RandomBytes(random) },
        6 => vocabulary with { Tokens = vocabulary.Tokens[..random.Next(11)] },
        7 => vocabulary with { PreTokenizer = random.Next(2) == 0 ? "" : "tekken", AddsBos = true, AddsEos = true, EosId = random.Next(-1, 12) },
        _ => vocabulary with { Model = "llama", Scores = [.. vocabulary.Tokens.Select(_ => -0f)], TokenTypes = [.. vocabulary.TokenTypes.Select(_ => random.Next(1, 7))], UnknownId = 3 },
    };

    private static ImmutableArray<byte> RandomBytes(Random random)
    {
        byte[] bytes = new byte[random.Next(40)];
        random.NextBytes(bytes);
        return [.. bytes];
    }
}
