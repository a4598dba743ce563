using System.Text;

namespace Heed.Text.Tokenizers.Files;

/// <summary>Recognises the tokenizer files in a folder, or a single one by its name and content.</summary>
internal sealed class TokenizerFolder
{
    private const long MostBytes = 1L << 27;

    private readonly Lazy<TokenizerConfig> config;

    private TokenizerFolder(string? path, TokenizerConfig? known = null)
    {
        Path = path;
        config = new Lazy<TokenizerConfig>(() => known ?? (path is null ? TokenizerConfig.Empty : TokenizerConfig.Read(this)));
    }

    /// <summary>No folder: nothing is known beside the file.</summary>
    public static TokenizerFolder Empty { get; } = new(null);

    /// <summary>No folder, but what its small files would say.</summary>
    public static TokenizerFolder Of(TokenizerConfig config) => new(null, config);

    public string? Path { get; }

    /// <summary>What the small files around say.</summary>
    public TokenizerConfig Config => config.Value;

    public static Tokenizer Load(string folderOrFile, TokenizerLoadOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(folderOrFile);
        string path = Directory.Exists(folderOrFile) ? FindIn(folderOrFile) : folderOrFile;
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"{path}: no such tokenizer file; give a model folder or its {TokenizerFileWriter.FileName}", path);
        }

        byte[] content = ReadBytes(path);
        var folder = new TokenizerFolder(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path)));
        return Read(path, content, folder, options);
    }

    /// <summary>The full path of a file in this folder, or null if it is not there.</summary>
    public string? Find(string name) => Path is not null && File.Exists(System.IO.Path.Combine(Path, name)) ? System.IO.Path.Combine(Path, name) : null;

    /// <summary>The content of a file that must be there.</summary>
    public (string Path, byte[] Content) Require(string name, string because)
    {
        string path = Find(name) ?? throw new FileNotFoundException($"{System.IO.Path.Combine(Path ?? "", name)}: no such file; {because}");
        return (path, ReadBytes(path));
    }

    /// <summary>Reads a whole file that is not too large for a tokenizer.</summary>
    public static byte[] ReadBytes(string path)
    {
        long length = new FileInfo(path).Length;
        return length <= MostBytes
            ? File.ReadAllBytes(path)
            : throw new InvalidDataException($"{path}: {length} bytes is too large for a tokenizer file (at most {MostBytes})");
    }

    private static string FindIn(string folder)
    {
        string? known = TokenizerFiles.Vocabularies.Select(name => System.IO.Path.Combine(folder, name)).FirstOrDefault(File.Exists);
        string[] tiktoken = known is null ? Directory.GetFiles(folder, "*" + TiktokenFile.Extension) : [];
        return known ?? (tiktoken.Length == 1 ? tiktoken[0] : throw new FileNotFoundException(
            $"{System.IO.Path.Combine(folder, TokenizerFileWriter.FileName)}: no such tokenizer file; looked for {string.Join(", ", TokenizerFiles.Vocabularies)} and one *{TiktokenFile.Extension} in this folder"));
    }

    /// <summary>Reads one file from memory.</summary>
    /// <param name="path">Its name, by which it is recognised.</param>
    /// <param name="content">Its content.</param>
    /// <param name="folder">The files around it.</param>
    /// <param name="options">What they do not say.</param>
    public static Tokenizer Read(string path, byte[] content, TokenizerFolder folder, TokenizerLoadOptions options)
    {
        string name = System.IO.Path.GetFileName(path);
        return System.IO.Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".json" when Gpt2Files.IsVocabulary(content) => Gpt2Files.Read(path, content, folder, options),
            ".json" => TokenizerFileReader.Parse(path, content, folder),
            ".bpe" => Gpt2Files.ReadFromMerges(path, folder, options),
            ".txt" when name == Gpt2Files.MergesName => Gpt2Files.ReadFromMerges(path, folder, options),
            ".txt" => BertVocabularyFile.Read(path, content, folder, options),
            TiktokenFile.Extension => TiktokenFile.Read(path, content, options),
            ".spm" when folder.Find("vocab.json") is not null => MarianFiles.Read(path, content, folder, options),
            ".model" or ".spm" => TiktokenFile.IsOne(content) ? TiktokenFile.Read(path, content, options) : SentencePieceReader.Read(path, content, folder, options),
            ".bin" => Llama2CFile.Read(path, content),
            _ => throw new InvalidDataException($"{path}: not a tokenizer file that is known by its name; known are *.json, *.model, *.spm, *.txt, *.bpe, *{TiktokenFile.Extension} and *.bin"),
        };
    }

    /// <summary>The text of a file in UTF-8.</summary>
    public static string Text(string path, byte[] content)
    {
        try
        {
            return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(content).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException e)
        {
            throw new InvalidDataException($"{path}: not valid UTF-8 at byte {e.Index}; fetch the file again", e);
        }
    }
}
