using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Heed.Models.Configuration;

/// <summary>Writes a configuration as YAML: sections as indented blocks, lists of single values on one line.</summary>
internal sealed class YamlConfigWriter
{
    private readonly Emitter emitter;

    private YamlConfigWriter(TextWriter writer) =>
        emitter = new Emitter(writer, new EmitterSettings(bestIndent: 2, bestWidth: int.MaxValue, isCanonical: false, maxSimpleKeyLength: 1024).WithNewLine("\n"));

    public static string Write(JsonObject root)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        var writer = new YamlConfigWriter(text);
        writer.Emit(new StreamStart(), new DocumentStart(null, null, isImplicit: true));
        writer.WriteNode(root);
        writer.Emit(new DocumentEnd(isImplicit: true), new StreamEnd());
        return text.ToString();
    }

    private void WriteNode(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject section: WriteMapping(section); break;
            case JsonArray list: WriteSequence(list); break;
            case null: WriteScalar("null", ScalarStyle.Plain); break;
            case var _ when node.GetValueKind() == JsonValueKind.String: WriteText(node.GetValue<string>()); break;
            default: WriteScalar(node.ToJsonString(), ScalarStyle.Plain); break;
        }
    }

    private void WriteMapping(JsonObject section)
    {
        var style = section.Count == 0 ? MappingStyle.Flow : MappingStyle.Block;
        Emit(new MappingStart(AnchorName.Empty, TagName.Empty, isImplicit: true, style));
        foreach (var (key, value) in section)
        {
            WriteText(key);
            WriteNode(value);
        }

        Emit(new MappingEnd());
    }

    private void WriteSequence(JsonArray list)
    {
        var style = list.All(item => item is JsonValue or null) ? SequenceStyle.Flow : SequenceStyle.Block;
        Emit(new SequenceStart(AnchorName.Empty, TagName.Empty, isImplicit: true, style));
        foreach (var item in list)
        {
            WriteNode(item);
        }

        Emit(new SequenceEnd());
    }

    // Texts that would read as numbers, truth values or nothing need quotes; for the rest the emitter knows when they do.
    private void WriteText(string text) =>
        WriteScalar(text, YamlScalar.IsText(text) && !text.Any(char.IsControl) ? ScalarStyle.Any : ScalarStyle.DoubleQuoted);

    private void WriteScalar(string text, ScalarStyle style) =>
        Emit(new Scalar(AnchorName.Empty, TagName.Empty, text, style, isPlainImplicit: true, isQuotedImplicit: true));

    private void Emit(params ReadOnlySpan<ParsingEvent> events)
    {
        foreach (var parsingEvent in events)
        {
            emitter.Emit(parsingEvent);
        }
    }
}
