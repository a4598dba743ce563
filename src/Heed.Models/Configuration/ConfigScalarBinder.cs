using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Heed.Text.IO;

namespace Heed.Models.Configuration;

/// <summary>Checks single values: truth values, numbers, texts and the names of enumerations.</summary>
internal sealed class ConfigScalarBinder(ConfigTree tree)
{
    public JsonNode? Bind(JsonNode? node, Type type, string path)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsEnum)
        {
            return BindEnum(node, type, path);
        }

        return Type.GetTypeCode(type) switch
        {
            TypeCode.Boolean => Require(node, path, "true or false", JsonValueKind.True, JsonValueKind.False),
            TypeCode.String => BindText(node, path),
            TypeCode.Single or TypeCode.Double or TypeCode.Decimal => Require(node, path, "a number", JsonValueKind.Number),
            TypeCode.Int32 => BindWhole(node, path, int.MinValue, int.MaxValue),
            TypeCode.Int64 => BindWhole(node, path, long.MinValue, long.MaxValue),
            TypeCode.UInt64 => BindWhole(node, path, 0, long.MaxValue),
            TypeCode.UInt32 => BindWhole(node, path, uint.MinValue, uint.MaxValue),
            TypeCode.Byte => BindWhole(node, path, byte.MinValue, byte.MaxValue),
            _ => node?.DeepClone(), // a type with a converter of its own, which will check it
        };
    }

    /// <summary>The one of some names that a text means; upper and lower case, dashes and underscores do not count.</summary>
    public string ChooseName(JsonNode? node, IReadOnlyList<string> names, string path)
    {
        string text = node is JsonValue value && value.TryGetValue(out string? s) ? s : Describe(node);
        string? exact = names.FirstOrDefault(n => Suggestion.Plain(n) == Suggestion.Plain(text));
        if (exact is not null)
        {
            return exact;
        }

        string? nearest = Suggestion.Nearest(text, names);
        string meant = nearest is null ? "" : $" Did you mean \"{nearest}\"?";
        throw tree.Error(path, $"\"{path}\" must be one of {string.Join(", ", names)}, not {Describe(node)}.{meant}");
    }

    /// <summary>What a node is, in an error message.</summary>
    public static string Describe(JsonNode? node) => node switch
    {
        null => "nothing",
        JsonObject => "a section",
        JsonArray => "a list",
        _ when node.GetValueKind() == JsonValueKind.String => Formats.Display.Quote(node.GetValue<string>()),
        _ => Excerpt.Of(node.ToJsonString()),
    };

    private JsonValue BindEnum(JsonNode? node, Type type, string path)
    {
        string[] names = Enum.GetNames(type);
        string chosen = ChooseName(node, [.. names.Select(JsonNamingPolicy.CamelCase.ConvertName)], path);
        string name = names.First(n => JsonNamingPolicy.CamelCase.ConvertName(n) == chosen);
        // As a number, which every enum converter reads, however its context spells the names.
        return JsonValue.Create(Convert.ToInt64(Enum.Parse(type, name), CultureInfo.InvariantCulture));
    }

    private JsonNode BindText(JsonNode? node, string path) => node switch
    {
        JsonValue value when value.GetValueKind() == JsonValueKind.String => value.DeepClone(),
        JsonValue value => throw tree.Error(path, $"\"{path}\" must be a text, not {Describe(node)}; if that is the text, put it in quotes: {Excerpt.Quote(value.ToJsonString())}"),
        _ => throw tree.Error(path, $"\"{path}\" must be a text, not {Describe(node)}"),
    };

    private JsonValue BindWhole(JsonNode? node, string path, long minimum, long maximum)
    {
        string expected = minimum == long.MinValue ? "a whole number" : $"a whole number from {minimum} to {maximum}";
        var number = Require(node, path, "a whole number", JsonValueKind.Number).AsValue();
        if (!number.TryGetValue(out long whole))
        {
            // 4e3 and 512.0 are whole numbers too.
            double value = number.GetValue<double>();
            if (value != Math.Floor(value) || Math.Abs(value) >= 1L << 53)
            {
                throw Wrong(node, path, "a whole number");
            }

            whole = (long)value;
        }

        return whole >= minimum && whole <= maximum ? JsonValue.Create(whole) : throw Wrong(node, path, expected);
    }

    private JsonNode Require(JsonNode? node, string path, string expected, params ReadOnlySpan<JsonValueKind> kinds) =>
        node is JsonValue value && kinds.Contains(value.GetValueKind()) ? value.DeepClone() : throw Wrong(node, path, expected);

    private ConfigException Wrong(JsonNode? node, string path, string expected) =>
        tree.Error(path, $"\"{path}\" must be {expected}, not {Describe(node)}");
}
