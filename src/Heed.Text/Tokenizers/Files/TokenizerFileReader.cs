using System.Text.Json;
using Heed.Text.IO;
using Heed.Text.Tokenizers.Files.HuggingFace;

namespace Heed.Text.Tokenizers.Files;

/// <summary>Reads <c>tokenizer.json</c> and trusts nothing in it.</summary>
internal static class TokenizerFileReader
{
    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false, MaxDepth = 32 };

    /// <summary>Reads a tokenizer from the bytes of a file.</summary>
    /// <param name="path">The file's name, for messages.</param>
    /// <param name="bytes">Its content.</param>
    /// <param name="folder">The files around it, for what they say of its tokens.</param>
    public static Tokenizer Parse(string path, byte[] bytes, TokenizerFolder? folder = null)
    {
        using JsonDocument document = ParseJson(path, bytes);
        var root = new JsonPlace(path, "$", document.RootElement);
        if (!TrainedPipeline.IsIn(root))
        {
            return TokenizerJson.Read(root, folder ?? TokenizerFolder.Empty, bytes);
        }

        JsonPlace model = root.Get("model");
        JsonPlace type = model.Get("type");
        return type.Text() switch
        {
            BpeFormat.Type => BpeFormat.Read(root, model),
            UnigramFormat.Type => UnigramFormat.Read(root, model),
            WordLevelFormat.Type => WordLevelFormat.Read(root, model),
            _ => throw type.Error($"model type {type.Excerpt()} is not supported"),
        };
    }

    /// <summary>Parses the content of a JSON file.</summary>
    /// <param name="path">The file's name, for messages.</param>
    /// <param name="bytes">Its content.</param>
    public static JsonDocument ParseJson(string path, byte[] bytes)
    {
        try
        {
            return JsonDocument.Parse(bytes, Options);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path}: line {e.LineNumber + 1}, byte {e.BytePositionInLine}: not valid JSON, so the file may be cut off or damaged; fetch or save it again ({JsonProblem.Describe(e)})", e);
        }
        catch (InvalidOperationException e)
        {
            throw new InvalidDataException($"{path}: a property name is not valid Unicode; fetch or save the file again", e);
        }
    }
}
