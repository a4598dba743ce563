using System.Globalization;
using System.Text.Json;
using Heed.Text.Tokenizers.Files.HuggingFace;
using Heed.Text.Tokenizers.Pipeline;
using Heed.Text.Tokenizers.Training;

namespace Heed.Text.Tokenizers.Files;

/// <summary>What <c>tokenizer_config.json</c>, <c>special_tokens_map.json</c> and <c>added_tokens.json</c> say about a tokenizer.</summary>
internal sealed record TokenizerConfig
{
    public const string FileName = "tokenizer_config.json";
    public const string MapName = "special_tokens_map.json";
    public const string AddedName = "added_tokens.json";

    private static readonly string[] RoleNames = ["bos_token", "eos_token", "pad_token", "unk_token", "mask_token", "cls_token", "sep_token"];

    public static TokenizerConfig Empty { get; } = new();

    /// <summary>The name of the class in Hugging Face's transformers, without "Fast" at its end; null if it is not said.</summary>
    public string? ClassName { get; private init; }

    public bool? Lowercase { get; private init; }

    public bool? StripsAccents { get; private init; }

    public bool SpacesChinese { get; private init; } = true;

    public bool AddPrefixSpace { get; private init; }

    public bool IsLegacy { get; private init; } = true;

    public bool? AddBos { get; private init; }

    public bool? AddEos { get; private init; }

    /// <summary>The tokens <c>&lt;extra_id_0&gt;</c> and so on of T5.</summary>
    public int? ExtraIds { get; init; }

    /// <summary>The names of tokens by the part they play.</summary>
    public IReadOnlyDictionary<string, string> Roles { get; private init; } = new Dictionary<string, string>();

    /// <summary>Tokens added to the vocabulary, with their ids.</summary>
    public IReadOnlyList<AddedToken> AddedTokens { get; private init; } = [];

    /// <summary>The files themselves, by name.</summary>
    public IReadOnlyList<(string Name, byte[] Content)> Files { get; private init; } = [];

    /// <summary>The file for a vocabulary of GPT-2's kind that was trained here, whose first ids are special tokens.</summary>
    public static TokenizerConfig OfSpecialTokens(IReadOnlyList<string> names)
    {
        byte[] content = ByteLevelTrainer.Json(json =>
        {
            json.WriteString("tokenizer_class", "GPT2Tokenizer");
            json.WriteBoolean("add_prefix_space", false);
            json.WriteStartObject("added_tokens_decoder");
            for (int id = 0; id < names.Count; id++)
            {
                json.WriteStartObject(id.ToString(CultureInfo.InvariantCulture));
                json.WriteString("content", names[id]);
                json.WriteBoolean("special", true);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        });
        return new TokenizerConfig
        {
            ClassName = "GPT2Tokenizer",
            AddedTokens = [.. names.Select((name, id) => new AddedToken(id, name) { IsSpecial = true })],
            Files = [(FileName, content)],
        };
    }

    public static TokenizerConfig Read(TokenizerFolder folder)
    {
        var roles = new Dictionary<string, string>(StringComparer.Ordinal);
        var added = new Dictionary<string, AddedToken>(StringComparer.Ordinal);
        var files = new List<(string, byte[])>();
        TokenizerConfig config = Empty;
        Visit(AddedName, place => ReadAdded(place, added));
        Visit(MapName, place => ReadRoles(place, roles));
        Visit(FileName, place =>
        {
            config = ReadSettings(place);
            ReadRoles(place, roles);
            ReadDecoderMap(place, added);
        });
        MarkSpecial(roles, added);
        return config with { Roles = roles, AddedTokens = [.. added.Values.OrderBy(token => token.Id)], Files = files };

        void Visit(string name, Action<JsonPlace> read)
        {
            if (folder.Find(name) is { } path)
            {
                byte[] content = TokenizerFolder.ReadBytes(path);
                using JsonDocument document = TokenizerFileReader.ParseJson(path, content);
                read(new JsonPlace(path, "$", document.RootElement));
                files.Add((name, content));
            }
        }
    }

    /// <summary>Reads the content of a <c>tokenizer_config.json</c> that stands alone.</summary>
    /// <param name="path">What messages call it.</param>
    /// <param name="content">Its content.</param>
    public static TokenizerConfig Parse(string path, byte[] content)
    {
        using JsonDocument document = TokenizerFileReader.ParseJson(path, content);
        var place = new JsonPlace(path, "$", document.RootElement);
        var roles = new Dictionary<string, string>(StringComparer.Ordinal);
        ReadRoles(place, roles);
        return ReadSettings(place) with { Roles = roles, Files = [(FileName, content)] };
    }

    private static TokenizerConfig ReadSettings(JsonPlace place) => new()
    {
        ClassName = place.Find("tokenizer_class")?.Text() is { } name ? (name.EndsWith("Fast", StringComparison.Ordinal) ? name[..^4] : name) : null,
        Lowercase = place.Find("do_lower_case") is null ? null : place.Flag("do_lower_case", false),
        StripsAccents = place.Find("strip_accents") is null ? null : place.Flag("strip_accents", false),
        SpacesChinese = place.Flag("tokenize_chinese_chars", true),
        AddPrefixSpace = place.Flag("add_prefix_space", false),
        IsLegacy = place.Flag("legacy", true),
        AddBos = place.Find("add_bos_token") is null ? null : place.Flag("add_bos_token", false),
        AddEos = place.Find("add_eos_token") is null ? null : place.Flag("add_eos_token", false),
        ExtraIds = place.Find("extra_ids")?.Integer() is not { } count ? null
            : count is >= 0 and <= 10_000 ? count
            : throw place.Get("extra_ids").Error($"{count} is out of range: it must be between 0 and 10000"),
    };

    // A role is a name, or an object with the name as its content.
    private static void ReadRoles(JsonPlace place, Dictionary<string, string> roles)
    {
        foreach (string role in RoleNames)
        {
            if (place.Find(role) is { } found)
            {
                roles[role] = found.Kind == JsonValueKind.Object ? found.Get("content").Text() : found.Text();
            }
        }
    }

    private static void ReadAdded(JsonPlace place, Dictionary<string, AddedToken> added)
    {
        foreach ((string name, JsonPlace id) in place.Properties())
        {
            added[name] = new AddedToken(VocabularyReader.CheckedId(id), name);
        }
    }

    private static void ReadDecoderMap(JsonPlace place, Dictionary<string, AddedToken> added)
    {
        foreach ((string number, JsonPlace token) in place.Find("added_tokens_decoder")?.Properties() ?? [])
        {
            if (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int id) || id >= 4 * TokenizerOptions.MaxVocabSize)
            {
                throw token.Error($"\"{number}\" is not a token id");
            }

            AddedToken read = AddedTokensReader.Token(token, id);
            added[read.Content] = read;
        }
    }

    private static void MarkSpecial(Dictionary<string, string> roles, Dictionary<string, AddedToken> added)
    {
        foreach (string name in roles.Values)
        {
            if (added.TryGetValue(name, out AddedToken? token))
            {
                added[name] = token with { IsSpecial = true };
            }
        }
    }
}
