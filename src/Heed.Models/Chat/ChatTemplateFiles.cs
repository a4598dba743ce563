using System.Text.Json;
using Heed.Models.Formats;
using Heed.Models.Formats.Gguf;
using Heed.Text.IO;

namespace Heed.Models.Chat;

/// <summary>Looks for a model's chat template in the files where libraries put it.</summary>
internal static class ChatTemplateFiles
{
    private const string OwnFile = ChatTemplate.FileName;
    private const string OwnJsonFile = "chat_template.json";
    private const string ConfigFile = "tokenizer_config.json";
    private const string Key = "chat_template";
    private const long MostBytes = 1 << 24;

    public static (string Text, string Source)? Find(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (path.EndsWith(".gguf", StringComparison.OrdinalIgnoreCase) && File.Exists(path))
        {
            using GgufFile file = GgufFile.Open(path);
            return file.Values.TextOrNull("tokenizer.chat_template") is { } embedded ? (embedded, path) : null;
        }

        string folder = CheckpointFile.FolderOf(path);
        string own = Path.Combine(folder, OwnFile);
        if (File.Exists(own))
        {
            return (ReadText(own), own);
        }

        foreach (string name in (string[])[OwnJsonFile, ConfigFile])
        {
            string file = Path.Combine(folder, name);
            if (File.Exists(file) && FromJson(file) is { } text)
            {
                return (text, file);
            }
        }

        return null;
    }

    private static string? FromJson(string path)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(ReadText(path));
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty(Key, out JsonElement found) ? FromElement(path, found) : null;
        }
        catch (JsonException error)
        {
            throw new ModelFileException(path, $"not valid JSON at line {error.LineNumber + 1}: {JsonProblem.Describe(error)}", error);
        }
        catch (InvalidOperationException error)
        {
            // An escape of half a surrogate pair.
            throw new ModelFileException(path, $"not valid JSON: {error.Message}", error);
        }
    }

    // One template, or several with names, of which "default" is the one for conversations.
    private static string? FromElement(string path, JsonElement found)
    {
        if (found.ValueKind is JsonValueKind.String or JsonValueKind.Null)
        {
            return found.GetString();
        }

        var named = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (JsonElement entry in found.ValueKind == JsonValueKind.Array ? found.EnumerateArray() : [])
        {
            if (entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty("name", out JsonElement name) && entry.TryGetProperty("template", out JsonElement template)
                && name.ValueKind == JsonValueKind.String && template.ValueKind == JsonValueKind.String)
            {
                named[name.GetString()!] = template.GetString()!;
            }
        }

        return named.TryGetValue("default", out string? text) ? text
            : named.Count == 1 ? named.Values.Single()
            : throw new ModelFileException(path, $"\"{Key}\" must be a text or a list of templates with names, one of them \"default\"; found {(named.Count == 0 ? found.ValueKind.ToString() : Excerpt.Of(string.Join(", ", named.Keys.Select(Display.Quote))))}");
    }

    private static string ReadText(string path)
    {
        long length = new FileInfo(path).Length;
        return length <= MostBytes ? File.ReadAllText(path) : throw new ModelFileException(path, $"{length} bytes is too large for such a file (at most {MostBytes})");
    }
}
