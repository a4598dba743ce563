using System.Buffers.Text;
using System.Globalization;
using Heed.Text.Tokenizers.Bpe;
using Heed.Text.Tokenizers.Decoders;
using Heed.Text.Tokenizers.Files.HuggingFace;
using Heed.Text.Tokenizers.Pipeline;
using Heed.Text.Tokenizers.PreTokenizers;

namespace Heed.Text.Tokenizers.Files;

/// <summary>Reads the files of OpenAI's tiktoken: a token's bytes in base64 and its rank, one a line. The rank is the id, and the order of merging.</summary>
internal static class TiktokenFile
{
    public const string Extension = ".tiktoken";

    /// <summary>Whether a file without the right extension is one, as LLaMA 3's <c>tokenizer.model</c> is: its first line says so.</summary>
    public static bool IsOne(byte[] content)
    {
        ReadOnlySpan<byte> start = content.AsSpan(0, Math.Min(content.Length, 1024));
        int end = start.IndexOf((byte)'\n');
        return end > 0 && TryReadLine(start[..end], out _, out _);
    }

    public static LoadedTokenizer Read(string path, byte[] content, TokenizerLoadOptions options)
    {
        SplitPattern pattern = FindPattern(path, options);
        (string?[] names, List<int> ranks) = ReadTokens(path, content);
        AddedToken[] special = TiktokenSpecialTokens.Of(path, pattern, names.Length);
        var all = names.ToList();
        foreach (AddedToken token in special)
        {
            while (all.Count <= token.Id)
            {
                all.Add(null);
            }

            all[token.Id] ??= token.Content;
        }

        var table = new TokenTable([.. all]);
        HashSet<int> specialIds = [.. special.Select(token => token.Id)];
        table.Hide(specialIds);
        return new LoadedTokenizer(new TokenizerPipeline
        {
            Kind = TokenizerKind.Bpe,
            Table = table,
            Model = new BpeModel(table, PieceMerges.Of(table, ranks, [.. Enumerable.Range(0, all.Count)]), word => table.TryGetPiece(word, out int id) ? id : TokenTable.None),
            Decoder = new JoiningDecoder(Gpt2Files.ByteLevelBytes(table)),
            PreTokenizer = new PatternPreTokenizer(pattern),
            IsByteLevel = true,
            AddedTokens = special,
            SpecialIds = specialIds,
            Files = [(Path.GetFileName(path), content)],
        });
    }

    private static SplitPattern FindPattern(string path, TokenizerLoadOptions options)
    {
        string file = Path.GetFileNameWithoutExtension(path);
        string name = options.Pattern ?? (file switch
        {
            "gpt2" or "r50k_base" or "p50k_base" => "gpt2",
            "cl100k_base" => "cl100k",
            "o200k_base" => "o200k",
            "qwen" => "qwen2",
            "tokenizer" => "llama3",
            _ => "",
        });
        return SplitPattern.All.FirstOrDefault(pattern => pattern.Name == name)
            ?? throw new InvalidDataException($"{path}: the splitting pattern {(name.Length > 0 ? $"\"{name}\" is not known" : "does not follow from the name of the file")}; give one of {string.Join(", ", SplitPattern.All.Select(pattern => pattern.Name))}");
    }

    private static (string?[] Names, List<int> Ranks) ReadTokens(string path, byte[] content)
    {
        var names = new List<string?>();
        var ranks = new List<int>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        int number = 0;
        foreach (Range range in content.AsSpan().Split((byte)'\n'))
        {
            number++;
            ReadOnlySpan<byte> line = content.AsSpan(range).TrimEnd((byte)'\r');
            if (line.IsEmpty)
            {
                continue;
            }

            if (!TryReadLine(line, out byte[] token, out int rank))
            {
                throw new InvalidDataException($"{path}: line {number}: expected a token in base64 and its rank, found \"{System.Text.Encoding.Latin1.GetString(line[..Math.Min(60, line.Length)])}\"");
            }

            string name = ByteSymbols.Of(token);
            string? problem = token.Length is 0 or > VocabularyReader.LongestPiece ? $"the token has {token.Length} bytes; from 1 to {VocabularyReader.LongestPiece} are read"
                : rank < names.Count && names[rank] is not null ? $"rank {rank} occurs twice"
                : !seen.Add(name) ? "the token occurs twice"
                : null;
            if (problem is not null)
            {
                throw new InvalidDataException($"{path}: line {number}: {problem}");
            }

            while (names.Count <= rank)
            {
                names.Add(null);
            }

            names[rank] = name;
            ranks.Add(rank);
        }

        return ([.. names], ranks);
    }

    private static bool TryReadLine(ReadOnlySpan<byte> line, out byte[] token, out int rank)
    {
        token = [];
        rank = 0;
        int space = line.IndexOf((byte)' ');
        if (space <= 0 || !Base64.IsValid(line[..space]) || !int.TryParse(line[(space + 1)..].TrimEnd((byte)'\r'), NumberStyles.None, CultureInfo.InvariantCulture, out rank)
            || rank >= 4 * TokenizerOptions.MaxVocabSize)
        {
            return false;
        }

        byte[] buffer = new byte[Base64.GetMaxDecodedFromUtf8Length(space)];
        Base64.DecodeFromUtf8(line[..space], buffer, out _, out int written);
        token = buffer[..written];
        return true;
    }
}
