using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Heed.Text.Tokenizers.Files;

/// <summary>A JSON value together with the file and the place it was found at, so that every complaint can name them.</summary>
internal readonly struct JsonPlace(string file, string path, JsonElement element)
{
    /// <summary>Entries of a list or an object that are read at most: a file may not decide how much memory is taken.</summary>
    private const int MostEntries = 4 * TokenizerOptions.MaxVocabSize;

    public InvalidDataException Error(string problem) => new($"{file}: {IO.Excerpt.Of(path, 160)}: {problem}");

    public JsonPlace Get(string name)
    {
        Require(JsonValueKind.Object, "an object");
        return element.TryGetProperty(name, out JsonElement value)
            ? Inside(name, value)
            : throw Error($"\"{name}\" is missing");
    }

    /// <summary>The value of a property; null where it is missing or <c>null</c>.</summary>
    public JsonPlace? Find(string name)
    {
        Require(JsonValueKind.Object, "an object");
        return element.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? Inside(name, value) : null;
    }

    /// <summary>The truth value of a property, or what holds where it is missing.</summary>
    public bool Flag(string name, bool otherwise) => Find(name) is not { } place ? otherwise
        : place.Kind is JsonValueKind.True or JsonValueKind.False ? place.Kind == JsonValueKind.True
        : throw place.Error($"expected true or false, found {place.Excerpt()}");

    /// <summary>What kind of value it is.</summary>
    public JsonValueKind Kind => element.ValueKind;

    public JsonPlace[] Items()
    {
        Require(JsonValueKind.Array, "a list");
        var items = new JsonPlace[CheckedCount(element.GetArrayLength())];
        int index = 0;
        foreach (JsonElement item in element.EnumerateArray())
        {
            items[index] = new JsonPlace(file, $"{path}[{index}]", item);
            index++;
        }

        return items;
    }

    public IEnumerable<(string Name, JsonPlace Value)> Properties()
    {
        Require(JsonValueKind.Object, "an object");
        CheckedCount(element.GetPropertyCount());
        foreach (JsonProperty property in element.EnumerateObject())
        {
            string name = WellFormed(() => property.Name);
            yield return (name, Inside(name, property.Value));
        }
    }

    public string Text()
    {
        Require(JsonValueKind.String, "a string");
        JsonElement value = element;
        return WellFormed(() => value.GetString()!);
    }

    public int Integer() => element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out int value)
        ? value
        : throw Error($"expected a whole number, found {Excerpt()}");

    public double Number() => element.ValueKind == JsonValueKind.Number && element.TryGetDouble(out double value) && double.IsFinite(value)
        ? value
        : throw Error($"expected a number, found {Excerpt()}");

    /// <summary>Refuses an object with a property that is none of those known: what it asks for would not be done.</summary>
    public void RequireKnown(IReadOnlyCollection<string> known)
    {
        foreach ((string name, JsonPlace value) in Properties())
        {
            if (!known.Contains(name))
            {
                throw value.Error($"this property is not known here; known are {string.Join(", ", known)}");
            }
        }
    }

    /// <summary>A complaint about a name that is none of those known.</summary>
    public InvalidDataException Unknown(string what, IEnumerable<string> known) =>
        Error($"{what} {Excerpt()} is not known; known are {string.Join(", ", known)}");

    /// <summary>Refuses settings other than those given: this tokenizer would not do what the file says.</summary>
    /// <param name="settings">A JSON object; each of its properties must be here with the same value.</param>
    public void RequireSettings(string settings)
    {
        using JsonDocument expected = JsonDocument.Parse(settings);
        foreach (JsonProperty property in expected.RootElement.EnumerateObject())
        {
            JsonPlace found = Get(property.Name);
            if (!found.Matches(property.Value))
            {
                throw found.Error($"only {Excerpt(property.Value)} is supported here, found {found.Excerpt()}");
            }
        }
    }

    /// <summary>Whether the value equals a JSON text.</summary>
    public bool Matches(string json)
    {
        using JsonDocument expected = JsonDocument.Parse(json);
        return Matches(expected.RootElement);
    }

    /// <summary>The beginning of the value as it stands in the file.</summary>
    public string Excerpt() => Excerpt(element);

    private static string Excerpt(JsonElement value)
    {
        const int longest = 80;
        ReadOnlySpan<byte> raw = JsonMarshal.GetRawUtf8Value(value);
        string text = Encoding.UTF8.GetString(raw[..Math.Min(raw.Length, longest)]);
        string line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return raw.Length <= longest ? line : line + "...";
    }

    private bool Matches(JsonElement expected)
    {
        JsonElement value = element;
        return WellFormed(() => JsonElement.DeepEquals(value, expected));
    }

    private JsonPlace Inside(string name, JsonElement value) =>
        new(file, path == "$" ? name : $"{path}.{name}", value);

    private int CheckedCount(int count) => count <= MostEntries
        ? count
        : throw Error($"holds {count} entries, more than the {MostEntries} a tokenizer may have");

    private void Require(JsonValueKind kind, string described)
    {
        if (element.ValueKind != kind)
        {
            throw Error($"expected {described}, found {Excerpt()}");
        }
    }

    /// <summary>System.Text.Json reports text that is not Unicode only when the string is taken out.</summary>
    private T WellFormed<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException)
        {
            throw Error("holds text that is not valid Unicode; train or fetch the tokenizer again");
        }
    }
}
