using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Heed.Text.IO;
using Heed.Text.Tokenizers.Bpe;
using Heed.Text.Tokenizers.Decoders;
using Heed.Text.Tokenizers.Files.HuggingFace;
using Heed.Text.Tokenizers.Normalizers;
using Heed.Text.Tokenizers.Pipeline;
using Heed.Text.Tokenizers.PostProcessors;
using Heed.Text.Tokenizers.PreTokenizers;

namespace Heed.Text.Tokenizers.Files;

/// <summary>
/// Reads llama2.c's <c>tokenizer.bin</c>: the length of the longest piece (int32), then for each piece its score (float32), its
/// length in bytes (int32) and its text, in which a space is a space. The ids 0 to 2 are unknown, begin and end; 3 to 258 the bytes.
/// </summary>
internal static class Llama2CFile
{
    private const int HeaderBytes = 4;
    private const int EntryBytes = 8;
    private const int FirstByteId = 3;
    private const int FirstPieceId = FirstByteId + 256;

    private static readonly string[] SpecialNames = ["<unk>", "<s>", "</s>"];

    public static LoadedTokenizer Read(string path, byte[] content)
    {
        (string[] names, float[] scores) = ReadPieces(path, content);
        var table = new TokenTable(names) { UnknownId = 0 };
        HashSet<int> special = [0, 1, 2];
        table.Hide(special);
        table.UseByteTokens();
        float[] distinct = [.. scores.Distinct().OrderDescending()];
        var rankOfScore = distinct.Index().ToDictionary(entry => entry.Item, entry => entry.Index);
        int[] pieces = [.. Enumerable.Range(FirstPieceId, names.Length - FirstPieceId)];
        bool isSafe = table.TryGetPiece(" ", out _) && MarkBoundaryPreTokenizer.IsSafe(pieces.Select(id => names[id]), ' ');
        return new LoadedTokenizer(new TokenizerPipeline
        {
            Kind = TokenizerKind.Bpe,
            Table = table,
            Model = new BpeModel(table, PieceMerges.Of(table, pieces, [.. scores.Select(score => rankOfScore[score])])),
            Decoder = new JoiningDecoder(Bytes(names), leadingSpaces: 1, marksEachByte: true),
            Normalizer = new PrependNormalizer(" "),
            PreTokenizer = isSafe ? new MarkBoundaryPreTokenizer(' ') : null,
            AddedTokens = [.. SpecialNames.Select((name, id) => new AddedToken(id, name) { IsSpecial = true })],
            SpecialIds = special,
            Template = TokenTemplate.Around([1], [1], []),
            Files = [(TokenizerFiles.NameFor(path, "tokenizer.bin"), content)],
        });
    }

    private static (string[] Names, float[] Scores) ReadPieces(string path, byte[] content)
    {
        var names = new List<string>();
        var scores = new List<float>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        int position = HeaderBytes;
        while (position < content.Length)
        {
            if (content.Length - position < EntryBytes)
            {
                throw Error(path, position, $"{content.Length - position} bytes are left, too few for a piece");
            }

            float score = BinaryPrimitives.ReadSingleLittleEndian(content.AsSpan(position));
            int length = BinaryPrimitives.ReadInt32LittleEndian(content.AsSpan(position + sizeof(float)));
            position += EntryBytes;
            if (length <= 0 || length > VocabularyReader.LongestPiece || length > content.Length - position || !float.IsFinite(score))
            {
                throw Error(path, position, FormattableString.Invariant($"piece {names.Count} has {length} bytes and score {score}; from 1 to {VocabularyReader.LongestPiece} bytes and a finite score are expected"));
            }

            names.Add(Name(path, names.Count, content.AsSpan(position, length), position, seen));
            scores.Add(score);
            position += length;
        }

        return names.Count >= FirstPieceId
            ? ([.. names], [.. scores])
            : throw Error(path, position, $"the file ends after {names.Count} pieces; there are at least {FirstPieceId}");
    }

    private static string Name(string path, int id, ReadOnlySpan<byte> text, int position, HashSet<string> seen)
    {
        string name = id < SpecialNames.Length ? SpecialNames[id] : System.Text.Unicode.Utf8.IsValid(text)
            ? Encoding.UTF8.GetString(text)
            : throw Error(path, position, $"piece {id} is not valid UTF-8");
        if (id is >= FirstByteId and < FirstPieceId && name != Vocabulary.ByteName(id - FirstByteId))
        {
            throw Error(path, position, $"piece {id} must be {Vocabulary.ByteName(id - FirstByteId)}, found {Excerpt.Quote(name)}");
        }

        return seen.Add(name) ? name : throw Error(path, position, $"piece {id} {Excerpt.Quote(name)} occurs twice");
    }

    private static TokenBytes Bytes(string[] names)
    {
        var bytes = new TokenBytes(names.Length);
        for (int id = 0; id < names.Length; id++)
        {
            bytes.Add(id is >= FirstByteId and < FirstPieceId ? [(byte)(id - FirstByteId)] : Encoding.UTF8.GetBytes(names[id]));
        }

        return bytes;
    }

    private static InvalidDataException Error(string path, int position, string problem) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{path}: at byte {position}: {problem}; this is no tokenizer of llama2.c, or it is cut off or damaged"));
}
