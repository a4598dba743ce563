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
        if (!path.EndsWith(".gguf", StringComparison.OrdinalIgnoreCase))
        {
            return Tokenizer.Load(path);
        }

        using GgufFile file = GgufFile.Open(path);
        return GgufTokenizer.Read(file.Values)?.CreateTokenizer(path)
            ?? throw new ModelFileException(path, "there is no tokenizer in the file; name a tokenizer's file or folder");
    }
}
