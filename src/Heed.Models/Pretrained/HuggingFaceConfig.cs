using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Heed.Models.Configuration;

namespace Heed.Models.Pretrained;

/// <summary>A <c>config.json</c> as Hugging Face's library writes it, read value by value.</summary>
/// <remarks>Such files hold dozens of keys that change nothing here, so unknown ones are passed over; what a family cannot do must be asked for and refused.</remarks>
internal sealed class HuggingFaceConfig
{
    private readonly ConfigTree tree;
    private readonly JsonObject section;
    private readonly string prefix;

    private HuggingFaceConfig(string text, ConfigTree tree, JsonObject section, string prefix)
    {
        Text = text;
        this.tree = tree;
        this.section = section;
        this.prefix = prefix;
    }

    /// <summary>The whole document.</summary>
    public string Text { get; }

    /// <exception cref="ConfigException">The text is not JSON with an object at the top.</exception>
    public static HuggingFaceConfig Parse(string path, string text)
    {
        ConfigTree tree = JsonConfigReader.ReadDocument(path, text);
        return new HuggingFaceConfig(text, tree, tree.Root, string.Empty);
    }

    /// <summary>A section, or null where it is missing or null.</summary>
    public HuggingFaceConfig? Section(string key) => Find(key) switch
    {
        null => null,
        JsonObject found => new HuggingFaceConfig(Text, tree, found, ConfigTree.Child(prefix, key)),
        { } other => throw Wrong(key, other, "a section"),
    };

    public int Integer(string key) => IntegerOrNull(key) ?? throw Missing(key);

    public int? IntegerOrNull(string key) => Find(key) is { } node ? ToInteger(key, node) : null;

    /// <summary>One or several integers, as for <c>eos_token_id</c>; empty where the key is missing.</summary>
    public ImmutableArray<int> Integers(string key) => Find(key) switch
    {
        null => [],
        JsonArray list => [.. list.Select(node => ToInteger(key, node))],
        { } node => [ToInteger(key, node)],
    };

    /// <summary>A list of lists of integers, as for <c>bad_words_ids</c>; empty where the key is missing.</summary>
    public ImmutableArray<ImmutableArray<int>> IntegerLists(string key) => Find(key) switch
    {
        null => [],
        JsonArray lists => [.. lists.Select(node => node is JsonArray list ? list.Select(item => ToInteger(key, item)).ToImmutableArray() : throw Wrong(key, node, "a list of lists of whole numbers"))],
        { } other => throw Wrong(key, other, "a list of lists of whole numbers"),
    };

    public double Number(string key) => NumberOrNull(key) ?? throw Missing(key);

    public double? NumberOrNull(string key) => Find(key) is { } node ? ToNumber(key, node) : null;

    /// <summary>The numbers of a list.</summary>
    public ImmutableArray<double> Numbers(string key) => Find(key) switch
    {
        JsonArray list => [.. list.Select(node => ToNumber(key, node))],
        null => throw Missing(key),
        { } other => throw Wrong(key, other, "a list of numbers"),
    };

    public bool Flag(string key, bool otherwise) => Find(key) is { } node
        ? node is JsonValue value && value.TryGetValue(out bool flag) ? flag : throw Wrong(key, node, "true or false")
        : otherwise;

    /// <summary>A text, or a truth value as "true" or "false"; null where the key is missing.</summary>
    public string? FlagOrText(string key) => Find(key) is JsonValue value && value.TryGetValue(out bool flag) ? (flag ? "true" : "false") : TextOrNull(key);

    public string RequiredText(string key) => TextOrNull(key) ?? throw Missing(key);

    public string? TextOrNull(string key) => Find(key) is { } node
        ? node is JsonValue value && value.TryGetValue(out string? text) ? text : throw Wrong(key, node, "a text")
        : null;

    /// <summary>The texts of a list; empty where the key is missing.</summary>
    public ImmutableArray<string> Texts(string key) => Find(key) switch
    {
        null => [],
        JsonArray list when list.All(node => node is JsonValue value && value.TryGetValue(out string? _)) => [.. list.Select(node => node!.GetValue<string>())],
        { } other => throw Wrong(key, other, "a list of texts"),
    };

    /// <summary>Whether the file has something under a key.</summary>
    public bool Has(string key) => Find(key) is not null;

    /// <summary>The number of entries of a section, for example labels; null where it is missing.</summary>
    public int? CountOrNull(string key) => Find(key) is JsonObject found ? found.Count : null;

    /// <summary>The one of some names that a text is.</summary>
    public T Choose<T>(string key, string? otherwise, params ReadOnlySpan<(string Name, T Value)> known)
    {
        string name = TextOrNull(key) ?? otherwise ?? throw Missing(key);
        foreach ((string knownName, T value) in known)
        {
            if (knownName == name)
            {
                return value;
            }
        }

        throw Error(key, $"must be one of {string.Join(", ", known.ToArray().Select(k => k.Name))}, not {Formats.Display.Quote(name)}");
    }

    /// <summary>Refuses a value other than the one that is supported.</summary>
    public void Require(string key, bool expected)
    {
        if (Flag(key, expected) != expected)
        {
            throw Error(key, $"is {(expected ? "false" : "true")}, which is not supported");
        }
    }

    /// <summary>Refuses a list or section that is there and not empty: what it asks for is not supported.</summary>
    public void RequireEmpty(string key)
    {
        if (Find(key) is { } node and not (JsonArray { Count: 0 } or JsonObject { Count: 0 }))
        {
            throw Error(key, $"is {ConfigScalarBinder.Describe(node)}, which is not supported");
        }
    }

    /// <summary>The error that names a key's place.</summary>
    public ConfigException Error(string key, string problem) => tree.Error(ConfigTree.Child(prefix, key), $"\"{ConfigTree.Child(prefix, key)}\" {problem}");

    private JsonNode? Find(string key) => section.TryGetPropertyValue(key, out JsonNode? node) ? node : null;

    private double ToNumber(string key, JsonNode? node) => node is JsonValue value && value.TryGetValue(out double number) ? number
        : node is JsonValue whole && whole.TryGetValue(out long integer) ? integer
        : throw Wrong(key, node, "a number");

    private int ToInteger(string key, JsonNode? node) => node is JsonValue value && value.TryGetValue(out long number) && number == (int)number
        ? (int)number
        : throw Wrong(key, node, "a whole number of 32 bits");

    private ConfigException Missing(string key) => new($"{tree.Name}: \"{ConfigTree.Child(prefix, key)}\" is missing");

    private ConfigException Wrong(string key, JsonNode? node, string expected) => Error(key, $"must be {expected}, not {ConfigScalarBinder.Describe(node)}");
}
