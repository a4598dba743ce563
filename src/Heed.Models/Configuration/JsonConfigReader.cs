using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Heed.Models.Configuration;

/// <summary>Reads JSON into a <see cref="ConfigTree"/>. Comments and trailing commas are allowed.</summary>
internal ref struct JsonConfigReader
{
    private static readonly JsonReaderOptions Options = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = 32 };

    private readonly ConfigTree _tree;
    private readonly ReadOnlySpan<byte> _json;
    private Utf8JsonReader _reader;
    private long _line;
    private long _lineKnownTo;

    private JsonConfigReader(ConfigTree tree, ReadOnlySpan<byte> json)
    {
        _tree = tree;
        _json = json;
        _reader = new Utf8JsonReader(json, Options);
        _line = 1;
    }

    /// <summary>Reads a document, whose top must be an object.</summary>
    public static ConfigTree ReadDocument(string name, string text)
    {
        var tree = new ConfigTree(name);
        try
        {
            var reader = new JsonConfigReader(tree, Encoding.UTF8.GetBytes(text));
            reader._reader.Read();
            if (reader._reader.TokenType != JsonTokenType.StartObject)
                throw new ConfigException($"{name}: expected an object, {{ \"key\": value }}, at the top");
            tree.Root = reader.ReadObject("");
            reader._reader.Read(); // fails on anything after the object
            return tree;
        }
        catch (JsonException error)
        {
            throw new ConfigException($"{name} line {(error.LineNumber ?? 0) + 1}: not valid JSON: {error.Message}", error);
        }
        catch (InvalidOperationException error)
        {
            // The reader reports an escape of half a surrogate pair as an invalid operation.
            throw new ConfigException($"{name}: not valid JSON: {error.Message}", error);
        }
    }

    private JsonNode? ReadNode(string path) => _reader.TokenType switch
    {
        JsonTokenType.StartObject => ReadObject(path),
        JsonTokenType.StartArray => ReadArray(path),
        JsonTokenType.String => JsonValue.Create(_reader.GetString()),
        JsonTokenType.True => JsonValue.Create(true),
        JsonTokenType.False => JsonValue.Create(false),
        JsonTokenType.Null => null,
        // The two languages write numbers alike, so one rule serves both.
        _ => YamlScalar.Parse(Encoding.UTF8.GetString(_reader.ValueSpan)),
    };

    private JsonObject ReadObject(string path)
    {
        var result = new JsonObject();
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            string key = _reader.GetString()!;
            string child = ConfigTree.Child(path, key);
            if (result.ContainsKey(key)) throw new ConfigException($"{_tree.Name} line {Line()}: key {Formats.Display.Quote(child)} appears twice");
            _tree.SetLine(child, Line());
            _reader.Read();
            result.Add(key, ReadNode(child));
        }
        return result;
    }

    private JsonArray ReadArray(string path)
    {
        var result = new JsonArray();
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
        {
            string child = ConfigTree.Child(path, result.Count);
            _tree.SetLine(child, Line());
            result.Add(ReadNode(child));
        }
        return result;
    }

    private long Line()
    {
        long position = _reader.TokenStartIndex;
        _line += _json[(int)_lineKnownTo..(int)position].Count((byte)'\n');
        _lineKnownTo = position;
        return _line;
    }
}
