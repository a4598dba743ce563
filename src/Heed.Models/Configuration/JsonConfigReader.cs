using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Heed.Text.IO;

namespace Heed.Models.Configuration;

/// <summary>Reads JSON into a <see cref="ConfigTree"/>. Comments and trailing commas are allowed.</summary>
internal ref struct JsonConfigReader
{
    private static readonly JsonReaderOptions Options = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = 32 };

    private readonly ConfigTree tree;
    private readonly ReadOnlySpan<byte> json;
    private Utf8JsonReader reader;
    private long line;
    private long lineKnownTo;

    private JsonConfigReader(ConfigTree tree, ReadOnlySpan<byte> json)
    {
        this.tree = tree;
        this.json = json;
        reader = new Utf8JsonReader(json, Options);
        line = 1;
    }

    /// <summary>Reads a document, whose top must be an object.</summary>
    public static ConfigTree ReadDocument(string name, string text)
    {
        var tree = new ConfigTree(name);
        try
        {
            var reader = new JsonConfigReader(tree, Encoding.UTF8.GetBytes(text));
            reader.reader.Read();
            if (reader.reader.TokenType != JsonTokenType.StartObject)
            {
                throw new ConfigException($"{name}: expected an object, {{ \"key\": value }}, at the top");
            }

            tree.Root = reader.ReadObject("");
            reader.reader.Read(); // fails on anything after the object
            return tree;
        }
        catch (JsonException error)
        {
            throw new ConfigException($"{name} line {(error.LineNumber ?? 0) + 1}: not valid JSON: {JsonProblem.Describe(error)}", error);
        }
        catch (InvalidOperationException error)
        {
            // The reader reports an escape of half a surrogate pair as an invalid operation.
            throw new ConfigException($"{name}: not valid JSON: {error.Message}", error);
        }
    }

    private JsonNode? ReadNode(string path) => reader.TokenType switch
    {
        JsonTokenType.StartObject => ReadObject(path),
        JsonTokenType.StartArray => ReadArray(path),
        JsonTokenType.String => JsonValue.Create(reader.GetString()),
        JsonTokenType.True => JsonValue.Create(true),
        JsonTokenType.False => JsonValue.Create(false),
        JsonTokenType.Null => null,
        // The two languages write numbers alike, so one rule serves both.
        _ => YamlScalar.Parse(Encoding.UTF8.GetString(reader.ValueSpan)),
    };

    private JsonObject ReadObject(string path)
    {
        var result = new JsonObject();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string key = reader.GetString()!;
            string child = ConfigTree.Child(path, key);
            if (result.ContainsKey(key))
            {
                throw new ConfigException($"{tree.Name} line {Line()}: key {Formats.Display.Quote(child)} appears twice");
            }

            tree.SetLine(child, Line());
            reader.Read();
            result.Add(key, ReadNode(child));
        }

        return result;
    }

    private JsonArray ReadArray(string path)
    {
        var result = new JsonArray();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            string child = ConfigTree.Child(path, result.Count);
            tree.SetLine(child, Line());
            result.Add(ReadNode(child));
        }

        return result;
    }

    private long Line()
    {
        long position = reader.TokenStartIndex;
        line += json[(int)lineKnownTo..(int)position].Count((byte)'\n');
        lineKnownTo = position;
        return line;
    }
}
