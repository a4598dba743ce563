using System.Text.Json;
using Heed.Text.IO;

namespace Heed.Models.Formats;

/// <summary><c>model.safetensors.index.json</c>: which file of several holds which tensor.</summary>
/// <param name="Files">The file's name for each tensor's.</param>
internal sealed record ShardIndex(SortedDictionary<string, string> Files)
{
    public const string Suffix = ".index.json";

    private const long MaxBytes = 1 << 26;

    public static ShardIndex Read(string path)
    {
        using FileStream stream = InputFile.Open(path);
        if (stream.Length > MaxBytes)
        {
            throw new ModelFileException(path, $"the index has {stream.Length} bytes, more than the {MaxBytes} allowed");
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(stream, new JsonDocumentOptions { MaxDepth = 8 });
            return new ShardIndex(ReadMap(path, document.RootElement));
        }
        catch (JsonException error)
        {
            throw new ModelFileException(path, $"the index is not valid JSON at line {error.LineNumber + 1}: {JsonProblem.Describe(error)}", error);
        }
        catch (InvalidOperationException error)
        {
            // The reader reports an escape of half a surrogate pair as an invalid operation.
            throw new ModelFileException(path, $"the index is not valid JSON: {error.Message}", error);
        }
    }

    private static SortedDictionary<string, string> ReadMap(string path, JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("weight_map", out JsonElement map) || map.ValueKind != JsonValueKind.Object)
        {
            throw new ModelFileException(path, "the index has no \"weight_map\" that names a file for each tensor");
        }

        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (JsonProperty entry in map.EnumerateObject())
        {
            string? file = entry.Value.ValueKind == JsonValueKind.String ? entry.Value.GetString() : null;
            if (file is null || file.Length == 0 || Path.GetFileName(file) != file || file.Contains('\\', StringComparison.Ordinal) || file is "." or "..")
            {
                throw new ModelFileException(path, $"tensor {Display.Quote(entry.Name)} must be mapped to the name of a file beside the index, not {Display.Quote(entry.Value.ToString())}");
            }

            if (!files.TryAdd(entry.Name, file))
            {
                throw new ModelFileException(path, $"tensor {Display.Quote(entry.Name)} appears twice in the index");
            }
        }

        return files;
    }
}
