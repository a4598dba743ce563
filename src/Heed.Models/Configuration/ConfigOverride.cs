using System.Globalization;
using System.Text.Json.Nodes;

namespace Heed.Models.Configuration;

/// <summary>One <c>--set section.key=value</c>: replaces or adds a value before the configuration is bound.</summary>
/// <remarks>The value has the type that YAML would give it: <c>0.1</c> is a number, <c>true</c> a truth value, <c>"5"</c> a
/// text, <c>[1, 2]</c> a list, <c>null</c> nothing. A whole number in the path chooses an element of a list.</remarks>
internal static class ConfigOverride
{
    public static void Apply(ConfigTree tree, string text)
    {
        string place = $"--set {text}";
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        string[] keys = (equals < 0 ? "" : text[..equals].Trim()).Split('.');
        if (keys.Any(string.IsNullOrWhiteSpace))
        {
            throw new ConfigException($"{place}: write section.key=value, as in model.dModel=512");
        }

        JsonNode node = tree.Root;
        string path = "";
        for (int i = 0; i < keys.Length - 1; i++)
        {
            node = Descend(node, keys[i], ref path, place);
        }

        Replace(node, keys[^1], ParseValue(text[(equals + 1)..].Trim(), place), ref path, place);
        tree.SetOverride(path, place);
    }

    private static JsonNode? ParseValue(string text, string place) => text is ['[' or '{' or '"' or '\'', ..]
        ? YamlConfigReader.ReadValue(place, text)
        : YamlScalar.Parse(text);

    private static JsonNode Descend(JsonNode node, string key, ref string path, string place)
    {
        string parent = path;
        switch (node)
        {
            case JsonArray array:
                int index = Index(array, key, path, place);
                path = ConfigTree.Child(path, index);
                return array[index] ??= new JsonObject();
            case JsonObject section:
                path = ConfigTree.Child(path, key);
                return section[key] ??= new JsonObject();
            default:
                throw new ConfigException($"{place}: \"{parent}\" is a single value, so it has no \"{key}\"");
        }
    }

    private static void Replace(JsonNode node, string key, JsonNode? value, ref string path, string place)
    {
        switch (node)
        {
            case JsonArray array:
                int index = Index(array, key, path, place);
                path = ConfigTree.Child(path, index);
                array[index] = value;
                break;
            case JsonObject section:
                path = ConfigTree.Child(path, key);
                section[key] = value;
                break;
            default:
                throw new ConfigException($"{place}: \"{path}\" is a single value, so it has no \"{key}\"");
        }
    }

    private static int Index(JsonArray array, string key, string path, string place) =>
        int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < array.Count
            ? index
            : throw new ConfigException($"{place}: \"{path}\" is a list of {array.Count}, so \"{key}\" must be a number below {array.Count}");
}
