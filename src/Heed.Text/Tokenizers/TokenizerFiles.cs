using Heed.Text.Tokenizers.Files;

namespace Heed.Text.Tokenizers;

/// <summary>The names of the files that tokenizers are kept in.</summary>
public static class TokenizerFiles
{
    /// <summary>What <see cref="Tokenizer.Load(string, TokenizerLoadOptions)"/> looks for in a folder. It reads the first that is there, and without any a single <c>*.tiktoken</c>.</summary>
    public static IReadOnlyList<string> Vocabularies { get; } = // those with the most to say come first
    [
        TokenizerFileWriter.FileName, "source.spm", "tokenizer.model", "spiece.model", "sentencepiece.bpe.model", "vocab.json", "encoder.json", "vocab.txt", "tokenizer.bin",
    ];

    /// <summary>What may stand beside it: merges, a second vocabulary, settings, a template for conversations.</summary>
    public static IReadOnlyList<string> Companions { get; } =
    [
        Gpt2Files.MergesName, Gpt2Files.OldMergesName, "target.spm", TokenizerConfig.FileName, TokenizerConfig.MapName, TokenizerConfig.AddedName, "chat_template.jinja", "chat_template.json",
    ];

    /// <summary>Whether a file is part of a tokenizer.</summary>
    /// <param name="name">Its name, without a folder.</param>
    public static bool Contains(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Vocabularies.Contains(name) || Companions.Contains(name) || name.EndsWith(TiktokenFile.Extension, StringComparison.Ordinal);
    }

    /// <summary>The name under which a vocabulary is saved, so that it is found in its folder: its own where that is known, else the usual one of its kind.</summary>
    internal static string NameFor(string path, string usual) => Path.GetFileName(path) is { } name && Vocabularies.Contains(name) ? name : usual;
}
