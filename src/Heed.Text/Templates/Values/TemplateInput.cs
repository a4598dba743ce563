using System.Collections;
using System.Text.Json;

namespace Heed.Text.Templates.Values;

/// <summary>Turns values of .NET into those that templates know.</summary>
internal static class TemplateInput
{
    private const int Deepest = 64;

    /// <exception cref="ArgumentException">The value is of a kind that templates do not know, or is nested too deep.</exception>
    public static object? Convert(object? value, string name, int depth = 0)
    {
        if (depth > Deepest)
        {
            throw new ArgumentException($"the value \"{name}\" is nested more than {Deepest} deep");
        }

        return value switch
        {
            null or string or bool or long or double or FunctionValue => value,
            int number => (long)number,
            float number => (double)number,
            JsonElement element => Convert(element, name, depth),
            IEnumerable<KeyValuePair<string, object?>> map => Map(map.Select(pair => (pair.Key, pair.Value)), name, depth),
            IEnumerable list => ToList(list, name, depth),
            _ => throw new ArgumentException($"the value \"{name}\" is a {value.GetType().Name}, which templates do not know"),
        };
    }

    private static object? Convert(JsonElement element, string name, int depth) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => element.TryGetInt64(out long whole) ? (object)whole : element.GetDouble(),
        JsonValueKind.Array => ToList(element.EnumerateArray(), name, depth),
        JsonValueKind.Object => Map(element.EnumerateObject().Select(property => (property.Name, (object?)property.Value)), name, depth),
        _ => null,
    };

    private static List<object?> ToList(IEnumerable list, string name, int depth)
    {
        var result = new List<object?>();
        foreach (object? entry in list)
        {
            result.Add(Convert(entry, name, depth + 1));
        }

        return result;
    }

    private static OrderedDictionary<string, object?> Map(IEnumerable<(string Key, object? Value)> pairs, string name, int depth)
    {
        var map = new OrderedDictionary<string, object?>(StringComparer.Ordinal);
        foreach ((string key, object? value) in pairs)
        {
            map[key] = Convert(value, $"{name}.{key}", depth + 1);
        }

        return map;
    }
}
