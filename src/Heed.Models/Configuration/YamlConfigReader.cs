using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Heed.Models.Configuration;

/// <summary>Reads YAML into a <see cref="ConfigTree"/>.</summary>
/// <remarks>Driven by the parser's events rather than its object model: that one recurses without limit and expands
/// aliases, so a small hostile file could end the process.</remarks>
internal sealed class YamlConfigReader
{
    private const int MaxDepth = 32;

    private readonly ConfigTree tree;
    private readonly Parser parser;

    private YamlConfigReader(ConfigTree tree, string text)
    {
        this.tree = tree;
        parser = new Parser(new StringReader(text));
    }

    /// <summary>Reads a document, whose top must be a mapping.</summary>
    public static ConfigTree ReadDocument(string name, string text)
    {
        var tree = new ConfigTree(name);
        var node = new YamlConfigReader(tree, text).Read("");
        tree.Root = node switch
        {
            null => [],
            JsonObject root => root,
            _ => throw new ConfigException($"{name}: expected lines of the form \"key: value\" at the top"),
        };
        return tree;
    }

    /// <summary>Reads a value that stands alone, as in an override.</summary>
    public static JsonNode? ReadValue(string name, string text) => new YamlConfigReader(new ConfigTree(name), text).Read("");

    private JsonNode? Read(string path)
    {
        Next(); // the stream's start
        if (Next() is StreamEnd)
        {
            return null;
        }

        Next();
        var node = ReadNode(path, depth: 0);
        Next(); // the document's end
        if (Next() is not StreamEnd)
        {
            throw Error("a second document begins here; only one is allowed");
        }

        return node;
    }

    /// <summary>Reads the node whose first event is the current one; leaves its last event current.</summary>
    private JsonNode? ReadNode(string path, int depth)
    {
        if (depth > MaxDepth)
        {
            throw Error($"more than {MaxDepth} levels of nesting");
        }

        return parser.Current switch
        {
            Scalar scalar => scalar.IsQuotedImplicit || scalar.Style != ScalarStyle.Plain ? JsonValue.Create(scalar.Value) : YamlScalar.Parse(scalar.Value),
            MappingStart => ReadMapping(path, depth),
            SequenceStart => ReadSequence(path, depth),
            _ => throw Error("aliases (*name) are not supported; write the value out"),
        };
    }

    private JsonObject ReadMapping(string path, int depth)
    {
        var mapping = new JsonObject();
        while (Next() is not MappingEnd)
        {
            if (parser.Current is not Scalar key)
            {
                throw Error("a key must be a plain word");
            }

            string child = ConfigTree.Child(path, key.Value);
            if (mapping.ContainsKey(key.Value))
            {
                throw Error($"key {Formats.Display.Quote(child)} appears twice");
            }

            tree.SetLine(child, key.Start.Line);
            Next();
            mapping.Add(key.Value, ReadNode(child, depth + 1));
        }

        return mapping;
    }

    private JsonArray ReadSequence(string path, int depth)
    {
        var sequence = new JsonArray();
        while (Next() is not SequenceEnd)
        {
            string child = ConfigTree.Child(path, sequence.Count);
            tree.SetLine(child, parser.Current!.Start.Line);
            sequence.Add(ReadNode(child, depth + 1));
        }

        return sequence;
    }

    private ParsingEvent Next()
    {
        while (MoveNext())
        {
            if (parser.Current is not Comment)
            {
                return parser.Current!;
            }
        }

        throw Error("the document does not end");
    }

    private bool MoveNext()
    {
        long line = parser.Current?.End.Line ?? 1;
        try
        {
            return parser.MoveNext();
        }
        catch (YamlException error)
        {
            throw new ConfigException($"{tree.Name} line {error.Start.Line}: not valid YAML: {error.Message}", error);
        }
        catch (Exception error)
        {
            // On some malformed texts the parser fails with errors of its own working, of various types.
            throw new ConfigException($"{tree.Name}: not valid YAML near line {line}", error);
        }
    }

    private ConfigException Error(string problem) => new($"{tree.Name} line {parser.Current?.Start.Line ?? 1}: {problem}");
}
