using System.Text.Json;

namespace Heed.Text.Tokenizers.Files;

/// <summary>Reads <c>tokenizer.json</c> and trusts nothing in it.</summary>
internal static class TokenizerFileReader
{
    private const long MaxFileBytes = 1L << 27;

    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    public static Tokenizer Read(string folderOrFile)
    {
        ArgumentException.ThrowIfNullOrEmpty(folderOrFile);
        string path = Directory.Exists(folderOrFile) ? Path.Combine(folderOrFile, TokenizerFileWriter.FileName) : folderOrFile;
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"{path}: no such tokenizer file; give a model folder or its {TokenizerFileWriter.FileName}", path);
        }

        long length = new FileInfo(path).Length;
        return length <= MaxFileBytes
            ? Parse(path, File.ReadAllBytes(path))
            : throw new InvalidDataException($"{path}: {length} bytes is too large for a tokenizer file (at most {MaxFileBytes})");
    }

    /// <summary>Reads a tokenizer from the bytes of a file.</summary>
    /// <param name="path">The file's name, for messages.</param>
    /// <param name="bytes">Its content.</param>
    public static Tokenizer Parse(string path, ReadOnlyMemory<byte> bytes)
    {
        using JsonDocument document = ParseJson(path, bytes);
        var root = new JsonPlace(path, "$", document.RootElement);
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

    private static JsonDocument ParseJson(string path, ReadOnlyMemory<byte> bytes)
    {
        try
        {
            return JsonDocument.Parse(bytes, Options);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path}: line {e.LineNumber + 1}, byte {e.BytePositionInLine}: not valid JSON, so the file may be cut off or damaged; fetch or save it again ({e.Message})", e);
        }
        catch (InvalidOperationException e)
        {
            throw new InvalidDataException($"{path}: a property name is not valid Unicode; fetch or save the file again", e);
        }
    }
}
