using System.Text.Json;
using Heed.Text.IO;
using Heed.Text.Tokenizers.Files.HuggingFace;
using Heed.Text.Tokenizers.Pipeline;
using Heed.Text.Tokenizers.PostProcessors;
using Heed.Text.Tokenizers.SentencePiece;

namespace Heed.Text.Tokenizers.Files;

/// <summary>Reads Marian's tokenizer: a SentencePiece model for each language, and one vocabulary for the pieces of both.</summary>
internal static class MarianFiles
{
    private const string Unknown = "<unk>";
    private const string End = "</s>";

    public static LoadedTokenizer Read(string path, byte[] content, TokenizerFolder folder, TokenizerLoadOptions options)
    {
        bool isTarget = options.IsTarget || Path.GetFileName(path) == "target.spm";
        const string because = "a Marian tokenizer is source.spm, target.spm and vocab.json";
        (string sourcePath, byte[] source) = folder.Require("source.spm", because);
        (string targetPath, byte[] target) = folder.Require("target.spm", because);
        (string vocabularyPath, byte[] vocabulary) = folder.Require("vocab.json", because);
        using JsonDocument document = TokenizerFileReader.ParseJson(vocabularyPath, vocabulary);
        var root = new JsonPlace(vocabularyPath, "$", document.RootElement);
        TokenTable table = Table(root);
        SentencePieceFile encoding = Parse(isTarget ? targetPath : sourcePath, isTarget ? target : source);
        SentencePieceFile decoding = Parse(targetPath, target);
        AddedToken[] added = [.. SpecialNames(table).Select(entry => new AddedToken(entry.Id, entry.Name) { IsSpecial = true })];
        HashSet<int> special = [.. added.Select(token => token.Id)];
        table.Hide(special);
        int end = RequireId(root, table, End);
        return new LoadedTokenizer(new TokenizerPipeline
        {
            Kind = TokenizerKind.Unigram,
            Table = table,
            Model = new MarianModel(table, Model(encoding, table)),
            Decoder = Decoder(table, decoding, trims: true),
            PreTokenizer = new MarianPreTokenizer(new SentencePieceNormalizer(encoding)),
            AddedTokens = added,
            SpecialIds = special,
            Template = TokenTemplate.Around([], [], [end]),
            Roles = folder.Config.Roles,
            DecodeWithSpecial = new SpecialTokenJoiner(table, Decoder(table, decoding, trims: false), special) { SpaceBehind = true, Trims = true }.Decode,
            Files = [("source.spm", source), ("target.spm", target), ("vocab.json", vocabulary), .. folder.Config.Files],
        });
    }

    private static TokenTable Table(JsonPlace root)
    {
        string?[] names = VocabularyReader.Map(root);
        var table = new TokenTable(names);
        return new TokenTable(names) { UnknownId = RequireId(root, table, Unknown), FusesUnknown = true };
    }

    private static int RequireId(JsonPlace root, TokenTable table, string name) =>
        table.TryGetAny(name, out int id) ? id : throw root.Error($"{Excerpt.Quote(name)} is missing");

    private static SentencePieceFile Parse(string path, byte[] content)
    {
        SentencePieceFile file = SentencePieceFile.Parse(path, content);
        return file.IsUnigram && !file.HasByteFallback ? file : throw new InvalidDataException($"{path}: Marian's models are unigram models without byte fallback; this one is not");
    }

    private static IEnumerable<(int Id, string Name)> SpecialNames(TokenTable table)
    {
        foreach (string name in (string[])[End, Unknown, "<pad>"])
        {
            if (table.TryGetAny(name, out int id))
            {
                yield return (id, name);
            }
        }
    }

    private static Unigram.UnigramPieces Model(SentencePieceFile file, TokenTable table) => SentencePieceModels.Unigram(
        file, [.. file.Pieces.Select(piece => table.TryGetPiece(piece.Text, out int id) ? id : table.UnknownId)], new MarianUnknownText(table));

    private static SentencePieceDecoder Decoder(TokenTable table, SentencePieceFile file, bool trims) => new(table, file) { NamesUnknown = true, Trims = trims };
}
