using System.Text.Json;
using Heed.Models.Encoders;
using Heed.Models.Formats;
using Heed.Text.IO;

namespace Heed.Models.Embeddings;

/// <summary>The files in which sentence-transformers says how a model's states become a vector.</summary>
internal static class SentenceModelFiles
{
    /// <exception cref="ModelFileException">A file is malformed, or asks for a pooling that is not known here.</exception>
    public static EmbeddingOptions Read(string folder)
    {
        string pooling = Path.Combine(folder, "1_Pooling", "config.json");
        string modules = Path.Combine(folder, "modules.json");
        return new EmbeddingOptions
        {
            Pooling = File.Exists(pooling) ? Read(pooling, ReadPooling) : Pooling.Mean,
            Normalize = File.Exists(modules) && Read(modules, HasNormalize),
        };
    }

    private static Pooling ReadPooling(string path, JsonElement root)
    {
        string[] modes = [.. root.EnumerateObject().Where(pair => pair.Name.StartsWith("pooling_mode_", StringComparison.Ordinal) && pair.Value.ValueKind == JsonValueKind.True).Select(pair => pair.Name)];
        return modes switch
        {
            ["pooling_mode_mean_tokens"] => Pooling.Mean,
            ["pooling_mode_cls_token"] => Pooling.First,
            _ => throw new ModelFileException(path, $"the pooling {(modes.Length == 0 ? "is not said" : Excerpt.Of(string.Join(" with ", modes)))}; pooling_mode_mean_tokens and pooling_mode_cls_token are known"),
        };
    }

    private static bool HasNormalize(string path, JsonElement root) => root.ValueKind == JsonValueKind.Array && root.EnumerateArray().Any(module =>
        module.ValueKind == JsonValueKind.Object && module.TryGetProperty("type", out JsonElement type) && type.ValueKind == JsonValueKind.String && type.GetString()!.EndsWith(".Normalize", StringComparison.Ordinal));

    private static T Read<T>(string path, Func<string, JsonElement, T> read)
    {
        try
        {
            using FileStream file = InputFile.Open(path);
            using JsonDocument document = JsonDocument.Parse(file);
            return read(path, document.RootElement);
        }
        catch (JsonException error)
        {
            throw new ModelFileException(path, $"not valid JSON at line {error.LineNumber + 1}: {JsonProblem.Describe(error)}", error);
        }
        catch (InvalidOperationException error)
        {
            // Also an escape of half a surrogate pair.
            throw new ModelFileException(path, $"not valid JSON of this kind: {error.Message}", error);
        }
    }
}
