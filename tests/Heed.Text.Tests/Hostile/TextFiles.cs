using System.Buffers.Binary;
using System.Text;
using Heed.Testing;
using Heed.Testing.Hostile;
using Heed.Text.IO;
using Heed.Text.Tests.Tokenizers;
using Heed.Text.Tests.Tokenizers.SentencePiece;
using Heed.Text.Tokenizers;

namespace Heed.Text.Tests.Hostile;

/// <summary>Every kind of file that this project reads: a small good one, and its reader, which then uses all that it read.</summary>
internal static class TextFiles
{
    private const string Vocabulary = """{"<unk>": 0, "a": 1, "b": 2, "Ġ": 3, "ab": 4, "Ġab": 5}""";
    private const string Merges = "#version: 0.2\na b\nĠ ab\n";

    private static readonly Dictionary<string, Func<TemporaryFolder, HostileFile>> Binary = new()
    {
        ["sentencepiece, bpe"] = folder => Tokenizer(folder, "tokenizer.model", Bpe().ToArray()),
        ["sentencepiece, unigram"] = folder => Tokenizer(folder, "spiece.model", Unigram().ToArray()),
        ["sentencepiece of marian"] = folder => Marian(folder, "source.spm"),
        ["llama2.c tokenizer.bin"] = folder => Tokenizer(folder, "tokenizer.bin", Llama2C()),
        ["lines in gzip"] = folder => Lines(folder.File("lines.gz", TemporaryFolder.Gzip("eins\nzwei\n\nvier"u8.ToArray()))),
    };

    private static readonly Dictionary<string, Func<TemporaryFolder, HostileFile>> Text = new()
    {
        ["lines"] = folder => Lines(folder.File("lines.txt", "eins\r\nzwei\n\nvier")),
        ["vocab.txt"] = folder => Tokenizer(folder, "vocab.txt", "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\na\nb\n##b\nab\né\n"),
        ["tiktoken"] = folder => Tokenizer(folder, "cl100k_base.tiktoken", SampleFiles.Tiktoken, maxCuts: 300),
        ["vocab.json"] = folder => Gpt2(folder, "vocab.json"),
        ["merges.txt"] = folder => Gpt2(folder, "merges.txt"),
        ["tokenizer_config.json"] = folder => Gpt2(folder, "tokenizer_config.json", """{"tokenizer_class": "GPT2Tokenizer", "bos_token": {"content": "<s>"}, "added_tokens_decoder": {"6": {"content": "<s>", "special": true}}}"""),
        ["special_tokens_map.json"] = folder => Gpt2(folder, "special_tokens_map.json", """{"unk_token": "<unk>", "eos_token": {"content": "ab"}}"""),
        ["added_tokens.json"] = folder => Gpt2(folder, "added_tokens.json", """{"<pad>": 6, "<x>": 7}"""),
        ["vocab.json of marian"] = folder => Marian(folder, "vocab.json"),
        ["tokenizer.json"] = folder => Tokenizer(folder, "tokenizer.json", Encoding.UTF8.GetBytes(Json)),
        ["tokenizer.json of ours, bpe"] = folder => Trained(folder, TokenizerKind.Bpe),
        ["tokenizer.json of ours, unigram"] = folder => Trained(folder, TokenizerKind.Unigram),
        ["tokenizer.json of ours, words"] = folder => Trained(folder, TokenizerKind.Words),
        ["tokenizer.json of ours, characters"] = folder => Trained(folder, TokenizerKind.Characters),
    };

    /// <summary>All.</summary>
    public static TheoryData<string> Names => [.. Binary.Keys, .. Text.Keys];

    /// <summary>Formats of text.</summary>
    public static TheoryData<string> TextNames => [.. Text.Keys];

    private static string Json => """
        {"version": "1.0", "added_tokens": [{"id": 6, "content": "<s>", "special": true, "lstrip": true}],
         "normalizer": {"type": "Sequence", "normalizers": [{"type": "NFKC"}, {"type": "Replace", "pattern": {"String": " "}, "content": "▁"}]},
         "pre_tokenizer": {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "first"},
         "post_processor": {"type": "TemplateProcessing", "single": [{"SpecialToken": {"id": "<s>", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}],
          "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}}], "special_tokens": {"<s>": {"id": "<s>", "ids": [6], "tokens": ["<s>"]}}},
         "decoder": {"type": "Sequence", "decoders": [{"type": "Replace", "pattern": {"String": "▁"}, "content": " "}, {"type": "Fuse"}, {"type": "Strip", "content": " ", "start": 1, "stop": 0}]},
         "model": {"type": "BPE", "unk_token": "<unk>", "fuse_unk": true, "byte_fallback": true,
          "vocab": {"<unk>": 0, "a": 1, "b": 2, "▁": 3, "ab": 4, "▁ab": 5}, "merges": ["a b", ["▁", "ab"]]}}
        """;

    /// <summary>Writes a good file into a folder.</summary>
    public static HostileFile Create(string name, TemporaryFolder folder) => (Binary.GetValueOrDefault(name) ?? Text[name])(folder);

    /// <summary>A reader of a tokenizer's file that is there already.</summary>
    public static HostileFile Tokenizer(string path, int maxCuts = int.MaxValue, bool isOptional = false, string? load = null) =>
        new(path, () => Use(Heed.Text.Tokenizers.Tokenizer.Load(load ?? path)), typeof(InvalidDataException), typeof(FileNotFoundException)) { MaxCuts = maxCuts, IsOptional = isOptional };

    private static HostileFile Tokenizer(TemporaryFolder folder, string name, byte[] content, int maxCuts = int.MaxValue) => Tokenizer(folder.File(name, content), maxCuts);

    private static HostileFile Tokenizer(TemporaryFolder folder, string name, string content) => Tokenizer(folder, name, Encoding.UTF8.GetBytes(content));

    private static HostileFile Gpt2(TemporaryFolder folder, string name, string? content = null)
    {
        folder.File("vocab.json", Vocabulary);
        folder.File("merges.txt", Merges);
        if (content is not null)
        {
            folder.File(name, content);
        }

        return Tokenizer(folder.File(name), isOptional: content is not null, load: folder.File("vocab.json"));
    }

    private static HostileFile Marian(TemporaryFolder folder, string name)
    {
        folder.File("source.spm", Unigram().ToArray());
        folder.File("target.spm", Unigram().ToArray());
        folder.File("vocab.json", """{"</s>": 0, "<unk>": 1, "▁": 2, "a": 3, "b": 4, "ab": 5, "▁ab": 6, "<pad>": 7}""");
        return Tokenizer(folder.File(name), isOptional: name == "vocab.json", load: folder.File("source.spm"));
    }

    private static HostileFile Trained(TemporaryFolder folder, string kind)
    {
        TokenizerTrainer.Train(new TokenizerOptions { Kind = kind, VocabSize = 300 }, ["ab ab ba", "a ba b é", "abba"], progress: null, CancellationToken.None).Save(folder.Path);
        return Tokenizer(folder.File("tokenizer.json"), maxCuts: 300);
    }

    private static HostileFile Lines(string path) => new(path, () => _ = TextLineReader.ReadLines(path).Count(), typeof(InvalidDataException));

    private static void Use(Heed.Text.Tokenizers.Tokenizer tokenizer) =>
        tokenizer.Decode(tokenizer.Encode("ab <s> é漢", new EncodeOptions { AddSpecialTokens = true }));

    private static SentencePieceBytes Bpe() =>
        new SentencePieceBytes(isBpe: true, byteFallback: true).Piece("▁", -3).Piece("a", -3).Piece("b", -3).Piece("ab", -1).Piece("▁ab", -2).Piece("<x>", 0, type: 4);

    private static SentencePieceBytes Unigram() => new SentencePieceBytes(isBpe: false).Piece("▁", -3).Piece("a", -3).Piece("b", -3).Piece("ab", -4).Piece("▁ab", -5);

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
}
