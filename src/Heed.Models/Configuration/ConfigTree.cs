using System.Text.Json.Nodes;

namespace Heed.Models.Configuration;

/// <summary>A configuration as read, before it is bound to a type: its nodes, and where each was written.</summary>
/// <param name="name">The file's name, as error messages show it.</param>
internal sealed class ConfigTree(string name)
{
    // By path: "model.dModel", "data.files[2]".
    private readonly Dictionary<string, string> places = new(StringComparer.Ordinal);

    public JsonObject Root { get; set; } = [];

    public string Name => name;

    /// <summary>The path of a key below a path.</summary>
    public static string Child(string path, string key) => path.Length == 0 ? key : $"{path}.{key}";

    /// <summary>The path of an element below a path.</summary>
    public static string Child(string path, int index) => $"{path}[{index}]";

    public void SetLine(string path, long line) => places[path] = $"{name} line {line}";

    /// <summary>Says that the node at a path, and all below it, came from an override.</summary>
    public void SetOverride(string path, string place)
    {
        foreach (string known in places.Keys.Where(p => IsBelow(p, path)).ToArray())
        {
            places.Remove(known);
        }

        places[path] = place;
    }

    /// <summary>Creates the error for a path; its place is where the nearest known node above was written.</summary>
    public ConfigException Error(string path, string problem, Exception? innerException = null) =>
        new($"{Place(path)}: {problem}", innerException);

    private string Place(string path)
    {
        while (path.Length > 0)
        {
            if (places.TryGetValue(path, out string? place))
            {
                return place;
            }

            path = path[..Math.Max(0, path.LastIndexOfAny(['.', '[']))];
        }

        return name;
    }

    private static bool IsBelow(string path, string ancestor) =>
        path.StartsWith(ancestor, StringComparison.Ordinal) && path.Length > ancestor.Length && (path[ancestor.Length] is '.' or '[');
}
