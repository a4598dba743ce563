using Heed.Text.Tokenizers.Decoders;
using Heed.Text.Tokenizers.Files.HuggingFace;
using Heed.Text.Tokenizers.Normalizers;
using Heed.Text.Tokenizers.Pipeline;
using Heed.Text.Tokenizers.PostProcessors;
using Heed.Text.Tokenizers.PreTokenizers;
using Heed.Text.Tokenizers.WordPiece;

namespace Heed.Text.Tokenizers.Files;

/// <summary>Reads BERT's <c>vocab.txt</c>: one piece a line, the line number less one is its id.</summary>
internal static class BertVocabularyFile
{
    private const string Unknown = "[UNK]";

    private static readonly string[] SpecialNames = ["[PAD]", Unknown, "[CLS]", "[SEP]", "[MASK]"];

    public static LoadedTokenizer Read(string path, byte[] content, TokenizerFolder folder, TokenizerLoadOptions options) =>
        Parse(path, content, folder.Config, options);

    /// <summary>Reads the file from memory.</summary>
    /// <param name="path">Its name.</param>
    /// <param name="content">Its content.</param>
    /// <param name="config">What the files around say.</param>
    /// <param name="options">What the caller says.</param>
    /// <param name="source">What messages call it; null is <paramref name="path"/>.</param>
    public static LoadedTokenizer Parse(string path, byte[] content, TokenizerConfig config, TokenizerLoadOptions options, string? source = null)
    {
        source ??= path;
        string[] names = Names(source, content);
        var ids = names.Index().ToDictionary(entry => entry.Item, entry => entry.Index, StringComparer.Ordinal);
        foreach (string required in (string[])[Unknown, "[CLS]", "[SEP]"])
        {
            if (!ids.ContainsKey(required))
            {
                throw new InvalidDataException($"{source}: the vocabulary of {names.Length} pieces has no {required}; it is not BERT's, or it is cut off");
            }
        }

        AddedToken[] added = [.. SpecialNames.Where(ids.ContainsKey).Select(name => new AddedToken(ids[name], name) { IsSpecial = true })];
        HashSet<int> special = [.. added.Select(token => token.Id)];
        var table = new TokenTable(names) { UnknownId = ids[Unknown] };
        table.Hide(special);
        bool lowercase = options.Lowercase ?? config.Lowercase ?? !names.Any(HasCapital);
        return new LoadedTokenizer(new TokenizerPipeline
        {
            Kind = TokenizerKind.WordPiece,
            Table = table,
            Model = new WordPieceModel(table, "##", WordPieceModel.UsualLongestWord),
            Decoder = new WordPieceDecoder(table, "##", cleansUp: true),
            Normalizer = new BertNormalizer(cleansText: true, config.SpacesChinese, config.StripsAccents ?? lowercase, lowercase),
            PreTokenizer = new SequencePreTokenizer(
            [
                new DelimiterPreTokenizer(Delimiters.WhiteSpace, DelimiterBehavior.Removed),
                new DelimiterPreTokenizer(Delimiters.Punctuation, DelimiterBehavior.Isolated),
            ]),
            AddedTokens = added,
            SpecialIds = special,
            Template = TokenTemplate.Around([ids["[CLS]"]], [ids["[SEP]"]], [ids["[SEP]"]]),
            Roles = config.Roles,
            Files = [(TokenizerFiles.NameFor(path, "vocab.txt"), content), .. config.Files],
        });
    }

    private static string[] Names(string path, byte[] content)
    {
        string[] lines = TokenizerFolder.Text(path, content).Split('\n');
        string[] names = [.. lines[..(lines[^1].Length == 0 ? ^1 : ^0)].Select(line => line.TrimEnd('\r'))];
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int id = 0; id < names.Length; id++)
        {
            string name = names[id];
            string? problem = name.Length > VocabularyReader.LongestPiece ? $"has {name.Length} characters; {VocabularyReader.LongestPiece} are read at most"
                : !seen.TryAdd(name, id) ? $"\"{name}\" already stands in line {seen[name] + 1}"
                : null;
            if (problem is not null)
            {
                throw new InvalidDataException($"{path}: line {id + 1} {problem}");
            }
        }

        return names;
    }

    private static bool HasCapital(string name) => !SpecialNames.Contains(name) && !name.StartsWith("[unused", StringComparison.Ordinal) && name.Any(char.IsAsciiLetterUpper);
}
