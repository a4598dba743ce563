using System.Text.Json;
using Heed.Text.IO;

namespace Heed.Training.Data;

/// <summary>One line of a file with a JSON object a line, read field by field. Errors name the line and the file.</summary>
/// <remarks>A line can be read only until the next one is asked for.</remarks>
internal sealed class JsonLine
{
    private readonly string path;
    private readonly JsonElement root;

    private JsonLine(string path, long number, JsonElement root)
    {
        this.path = path;
        Number = number;
        this.root = root;
    }

    /// <summary>The line's number; the first is 1.</summary>
    public long Number { get; }

    /// <summary>The lines of a file, plain or gzip.</summary>
    /// <exception cref="InvalidDataException">A line is not JSON.</exception>
    public static IEnumerable<JsonLine> Read(string path)
    {
        long number = 0;
        foreach (string line in TextLineReader.ReadLines(path))
        {
            number++;
            using JsonDocument document = Parse(path, number, line);
            yield return new JsonLine(path, number, document.RootElement);
        }
    }

    /// <summary>The text of a field.</summary>
    /// <param name="field">Its name; <c>translation.de</c> is a field within a field.</param>
    /// <exception cref="InvalidDataException">There is no such field, or it holds no text.</exception>
    public string Text(string field) => TextOf(Find(field), field, "a text");

    /// <summary>The text of a field, or of a number or a truth value as it is written: a label.</summary>
    /// <inheritdoc cref="Text" path="/exception"/>
    public string Scalar(string field)
    {
        JsonElement value = Find(field);
        return value.ValueKind is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False ? value.GetRawText() : TextOf(value, field, "a text, a number, true or false");
    }

    /// <summary>The texts of a field that holds a list, or the one that it holds.</summary>
    /// <exception cref="InvalidDataException">There is no such field, or it holds something else.</exception>
    public IReadOnlyList<string> Texts(string field)
    {
        JsonElement value = Find(field);
        return value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Select(item => TextOf(item, field, "a list of texts"))]
            : [TextOf(value, field, "a text or a list of texts")];
    }

    /// <summary>Whether there is a field of a name that is not null.</summary>
    public bool Has(string field) => Find(root, field) is { ValueKind: not JsonValueKind.Null };

    /// <summary>The objects of a field that holds a list of them, each to be read like a line.</summary>
    /// <exception cref="InvalidDataException">There is no such field, or it holds something else.</exception>
    public IReadOnlyList<JsonLine> Objects(string field)
    {
        JsonElement value = Find(field);
        return value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Object)
            ? [.. value.EnumerateArray().Select(item => new JsonLine(path, Number, item))]
            : throw Error($"has no list of objects in field \"{field}\"");
    }

    /// <summary>The error that names this line.</summary>
    public InvalidDataException Error(string problem, Exception? innerException = null) => Error(path, Number, problem, innerException);

    private static JsonDocument Parse(string path, long number, string line)
    {
        try
        {
            return JsonDocument.Parse(line);
        }
        catch (JsonException error)
        {
            throw Error(path, number, $"is not valid JSON at byte {error.BytePositionInLine}; expected one object a line", error);
        }
    }

    private string TextOf(JsonElement value, string field, string expected) => value.ValueKind == JsonValueKind.String
        ? Decoded(() => value.GetString()!)
        : throw Error($"has {value.ValueKind.ToString().ToLowerInvariant()} in field \"{field}\"; expected {expected}");

    private JsonElement Find(string field) => Find(root, field) ?? FindNested(field) ?? throw Error($"has no field \"{field}\"; {Describe()}");

    private JsonElement? FindNested(string field)
    {
        JsonElement? value = root;
        foreach (string part in field.Split('.'))
        {
            value = value is { } inner ? Find(inner, part) : null;
        }

        return value;
    }

    private JsonElement? Find(JsonElement element, string field) => element.ValueKind != JsonValueKind.Object ? null
        : Decoded<JsonElement?>(() => element.TryGetProperty(field, out JsonElement value) ? value : null); // names have escapes too

    private string Describe() => root.ValueKind == JsonValueKind.Object
        ? $"its fields are {Excerpt.Of(string.Join(", ", root.EnumerateObject().Take(20).Select(p => Excerpt.Quote(Decoded(() => p.Name)))), 400)}"
        : "it is not an object";

    // The parser leaves escapes alone until a text is asked for; half a surrogate pair shows only then.
    private T Decoded<T>(Func<T> text)
    {
        try
        {
            return text();
        }
        catch (InvalidOperationException error)
        {
            throw Error("has an escape that is no character", error);
        }
    }

    private static InvalidDataException Error(string path, long number, string problem, Exception? innerException) => new($"line {number} of {path} {problem}", innerException);
}
