using System.Text.Json;
using Heed.Text.IO;

namespace Heed.Training.Data;

/// <summary>Two fields of a file with a JSON object a line.</summary>
internal sealed class JsonLinePairs(string path, string sourceField, string targetField) : ParallelText(Path.GetFileName(path))
{
    private protected override IEnumerable<SentencePair> ReadPairs()
    {
        long number = 0;
        foreach (string line in TextLineReader.ReadLines(path))
        {
            number++;
            yield return ReadPair(line, number);
        }
    }

    private SentencePair ReadPair(string line, long number)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            return new SentencePair(Text(document.RootElement, sourceField, number), Text(document.RootElement, targetField, number));
        }
        catch (JsonException error)
        {
            throw Error(number, $"is not valid JSON at byte {error.BytePositionInLine}; expected one object a line", error);
        }
        catch (InvalidOperationException error)
        {
            // The parser leaves escapes alone until a text is asked for; half a surrogate pair shows only then.
            throw Error(number, "has an escape that is no character", error);
        }
    }

    private string Text(JsonElement line, string field, long number)
    {
        var value = Find(line, field) ?? FindNested(line, field)
            ?? throw Error(number, $"has no field \"{field}\"; {Describe(line)}");
        return value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : throw Error(number, $"has {value.ValueKind.ToString().ToLowerInvariant()} in field \"{field}\"; expected a text");
    }

    private static JsonElement? FindNested(JsonElement line, string field)
    {
        JsonElement? value = line;
        foreach (string part in field.Split('.'))
        {
            value = value is { } inner ? Find(inner, part) : null;
        }

        return value;
    }

    private static JsonElement? Find(JsonElement element, string field) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(field, out var value) ? value : null;

    private static string Describe(JsonElement line) => line.ValueKind == JsonValueKind.Object
        ? $"its fields are {string.Join(", ", line.EnumerateObject().Take(20).Select(p => $"\"{p.Name}\""))}"
        : "it is not an object";

    private InvalidDataException Error(long number, string problem, Exception? innerException = null) =>
        new($"line {number} of {path} {problem}", innerException);
}
