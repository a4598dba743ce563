using System.Text.Json;
using Heed.Text.IO;
using Heed.Text.Tokenizers.Bpe;
using Heed.Text.Tokenizers.Decoders;
using Heed.Text.Tokenizers.Files.HuggingFace;
using Heed.Text.Tokenizers.Normalizers.Unicode;
using Heed.Text.Tokenizers.Pipeline;
using Heed.Text.Tokenizers.PostProcessors;
using Heed.Text.Tokenizers.PreTokenizers;

namespace Heed.Text.Tokenizers.Files;

/// <summary>Reads a byte-level vocabulary (<c>vocab.json</c>, <c>encoder.json</c>) and the merges beside it (<c>merges.txt</c>, <c>vocab.bpe</c>).</summary>
/// <remarks>What else the tokenizer does follows from the class that <c>tokenizer_config.json</c> names: GPT-2's, RoBERTa's and BART's, or Qwen2's.</remarks>
internal static class Gpt2Files
{
    public const string MergesName = "merges.txt";
    public const string OldMergesName = "vocab.bpe";

    private static readonly string[] Classes = ["BartTokenizer", "GPT2Tokenizer", "Qwen2Tokenizer", "RobertaTokenizer"];

    /// <summary>Whether a JSON file is a plain map of names and ids.</summary>
    public static bool IsVocabulary(byte[] content)
    {
        var reader = new Utf8JsonReader(content);
        try
        {
            return reader.Read() && reader.TokenType == JsonTokenType.StartObject && reader.Read() && reader.TokenType == JsonTokenType.PropertyName
                && reader.Read() && reader.TokenType == JsonTokenType.Number;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Reads the vocabulary that belongs to a file of merges.</summary>
    public static Tokenizer ReadFromMerges(string mergesPath, TokenizerFolder folder, TokenizerLoadOptions options)
    {
        string name = Path.GetFileName(mergesPath) == OldMergesName ? "encoder.json" : "vocab.json";
        (string path, byte[] content) = folder.Require(name, $"{Path.GetFileName(mergesPath)} needs its vocabulary beside it");
        return Read(path, content, folder, options);
    }

    public static Tokenizer Read(string path, byte[] content, TokenizerFolder folder, TokenizerLoadOptions options)
    {
        string mergesName = folder.Find(MergesName) is null && folder.Find(OldMergesName) is not null ? OldMergesName : MergesName;
        (string mergesPath, byte[] merges) = folder.Require(mergesName, $"{Path.GetFileName(path)} needs its merges beside it");
        return Parse(path, content, mergesPath, merges, folder.Config, options);
    }

    /// <summary>Reads the two files from memory.</summary>
    public static LoadedTokenizer Parse(string path, byte[] content, string mergesPath, byte[] merges, TokenizerConfig config, TokenizerLoadOptions options)
    {
        string className = config.ClassName ?? "GPT2Tokenizer";
        if (!Classes.Contains(className))
        {
            throw new InvalidDataException($"{path}: the tokenizer class {Excerpt.Quote(className)} of {TokenizerConfig.FileName} is not known for vocab.json with merges.txt; known are {string.Join(", ", Classes)}. A tokenizer.json would say how it works");
        }

        using JsonDocument document = TokenizerFileReader.ParseJson(path, content);
        var names = VocabularyReader.Map(new JsonPlace(path, "$", document.RootElement)).ToList();
        AddedToken[] added = [.. Added(names, config, className)];
        foreach (AddedToken token in added)
        {
            VocabularyReader.Set(names, token.Id, token.Content, new JsonPlace(path, "$", document.RootElement));
        }

        HashSet<int> special = [.. added.Where(token => token.IsSpecial).Select(token => token.Id)];
        var table = new TokenTable([.. names]);
        table.Hide(special);
        return new LoadedTokenizer(new TokenizerPipeline
        {
            Kind = TokenizerKind.Bpe,
            Table = table,
            Model = new BpeModel(table, MergesFile.Parse(mergesPath, merges, table)),
            Decoder = new JoiningDecoder(ByteLevelBytes(table)),
            Normalizer = className == "Qwen2Tokenizer" ? new UnicodeFormNormalizer(compatible: false, composes: true) : null,
            PreTokenizer = PreTokenizer(className, options.AddPrefixSpace ?? config.AddPrefixSpace),
            IsByteLevel = true,
            AddedTokens = added,
            SpecialIds = special,
            Template = Template(className, config, table),
            Roles = config.Roles,
            Files = [(TokenizerFiles.NameFor(path, "vocab.json"), content), (Path.GetFileName(mergesPath), merges), .. config.Files],
        });
    }

    /// <summary>The bytes that each name of stand-ins means.</summary>
    public static TokenBytes ByteLevelBytes(TokenTable table)
    {
        var bytes = new TokenBytes(table.Count);
        for (int id = 0; id < table.Count; id++)
        {
            bytes.Add(ByteSymbols.BytesOf(table.NameOf(id) ?? ""));
        }

        return bytes;
    }

    // Where no file lists them, the special tokens of these families are known by name.
    private static IEnumerable<AddedToken> Added(List<string?> names, TokenizerConfig config, string className)
    {
        if (config.AddedTokens.Any(token => token.IsSpecial))
        {
            return config.AddedTokens;
        }

        string[] usual = className is "GPT2Tokenizer" or "Qwen2Tokenizer" ? ["<|endoftext|>"] : ["<s>", "<pad>", "</s>", "<unk>", "<mask>"];
        return config.AddedTokens.Concat(usual.Where(names.Contains)
            .Select(name => new AddedToken(names.IndexOf(name), name) { IsSpecial = true, StripsLeft = name == "<mask>" }));
    }

    private static PreTokenizer PreTokenizer(string className, bool addsPrefixSpace)
    {
        var pattern = new PatternPreTokenizer(className == "Qwen2Tokenizer" ? SplitPattern.Qwen2 : SplitPattern.Gpt2);
        return addsPrefixSpace ? new SequencePreTokenizer([new PrefixSpacePreTokenizer(), pattern]) : pattern;
    }

    private static TokenTemplate Template(string className, TokenizerConfig config, TokenTable table)
    {
        if (className is "RobertaTokenizer" or "BartTokenizer" && table.TryGetAny("<s>", out int start) && table.TryGetAny("</s>", out int end))
        {
            return TokenTemplate.Around([start], [end, end], [end], secondType: 0);
        }

        return config.AddBos == true && config.Roles.TryGetValue("bos_token", out string? name) && table.TryGetAny(name, out int bos)
            ? TokenTemplate.Around([bos], [bos], [])
            : TokenTemplate.None;
    }
}
