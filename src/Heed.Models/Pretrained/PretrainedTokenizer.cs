using Heed.Models.Formats;
using Heed.Models.Formats.Gguf;
using Heed.Text.Tokenizers;

namespace Heed.Models.Pretrained;

/// <summary>Finds the tokenizer of a model, wherever its format keeps it.</summary>
public static class PretrainedTokenizer
{
    /// <summary>Loads a tokenizer from a GGUF file, a model folder, or one of the files that <see cref="Tokenizer.Load(string, TokenizerLoadOptions)"/> knows.</summary>
    /// <param name="path">The file or folder.</param>
    /// <exception cref="InvalidDataException">The tokenizer is malformed, or the GGUF file has none.</exception>
    /// <exception cref="IOException">A file is missing or cannot be read.</exception>
    public static Tokenizer Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return !IsGguf(path) ? Tokenizer.Load(path)
            : Embedded(path) ?? throw new ModelFileException(path, "there is no tokenizer in the file; name a tokenizer's file or folder");
    }

    /// <summary>Loads the tokenizer that belongs to a model: the one in its file, or else the one beside it.</summary>
    /// <param name="path">The model: a folder or file that <see cref="PretrainedModel.Load(string)"/> loads.</param>
    /// <param name="loaded">What was loaded from there, which saves reading it again; null otherwise.</param>
    /// <exception cref="InvalidDataException">The tokenizer is malformed.</exception>
    /// <exception cref="IOException">A file is missing or cannot be read.</exception>
    public static Tokenizer OfModel(string path, PretrainedModel? loaded = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Tokenizer? embedded = loaded is not null ? loaded.EmbeddedTokenizer() : IsGguf(path) ? Embedded(path) : null;
        return embedded ?? Tokenizer.Load(CheckpointFile.FolderOf(path));
    }

    private static bool IsGguf(string path) => path.EndsWith(".gguf", StringComparison.OrdinalIgnoreCase);

    private static Tokenizer? Embedded(string path)
    {
        using GgufFile file = GgufFile.Open(path);
        return GgufTokenizer.Read(file.Values)?.CreateTokenizer(path);
    }
}
