using System.Globalization;
using Heed.Text.IO;

namespace Heed.Text.Tokenizers.SentencePiece;

/// <summary>The content of a SentencePiece model, as far as it concerns encoding and decoding.</summary>
/// <remarks>
/// Kudo and Richardson 2018, "SentencePiece". The numbers of the fields are those of <c>sentencepiece_model.proto</c>. Why they are
/// read by hand: docs/decisions/0011-sentencepiece-without-protobuf.md.
/// </remarks>
internal sealed record SentencePieceFile
{
    /// <summary>How the model splits text: 1 is a unigram language model, 2 byte-pair encoding.</summary>
    public int ModelType { get; private init; } = 1;

    public IReadOnlyList<SentencePieceEntry> Pieces { get; private init; } = [];

    public bool HasByteFallback { get; private init; }

    /// <summary>What an unknown piece is decoded to.</summary>
    public string UnknownSurface { get; private init; } = " \u2047 ";

    public int UnknownId { get; private init; }

    public int BosId { get; private init; } = 1;

    public int EosId { get; private init; } = 2;

    public int PadId { get; private init; } = -1;

    /// <summary>Whether the space belongs to the word before it.</summary>
    public bool SpaceIsSuffix { get; private init; }

    /// <summary>Rewrites characters; null where none are rewritten.</summary>
    public CharacterMap? Characters { get; private init; }

    public bool AddsDummyPrefix { get; init; } = true;

    public bool RemovesExtraSpaces { get; private init; } = true;

    public bool EscapesSpaces { get; private init; } = true;

    public bool IsUnigram => ModelType == 1;

    /// <summary>Whether there is a piece of an id.</summary>
    public bool Has(int id) => id >= 0 && id < Pieces.Count;

    /// <summary>Reads a model.</summary>
    /// <param name="path">The file's name, for messages.</param>
    /// <param name="content">Its content.</param>
    /// <exception cref="InvalidDataException">It is malformed.</exception>
    public static SentencePieceFile Parse(string path, byte[] content)
    {
        var file = new SentencePieceFile();
        var pieces = new List<SentencePieceEntry>();
        var reader = new ProtobufReader(path, content, 0);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    pieces.Add(ReadPiece(reader, reader.Message()));
                    break;
                case 2:
                    file = ReadTrainer(file, reader.Message());
                    break;
                case 3:
                    file = ReadNormalizer(file, path, reader.Message());
                    break;
                case 5:
                    RequireNoMap(path, reader.Message());
                    break;
                default:
                    break;
            }
        }

        file = file with { Pieces = pieces };
        file.Check(path);
        return file;
    }

    private static SentencePieceEntry ReadPiece(ProtobufReader outer, ProtobufReader reader)
    {
        (string text, float score, int type) = ("", 0, (int)PieceType.Normal);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    text = reader.Text();
                    break;
                case 2:
                    score = reader.Single();
                    break;
                case 3:
                    type = reader.Integer();
                    break;
                default:
                    break;
            }
        }

        if (!Enum.IsDefined((PieceType)type) || !float.IsFinite(score) || text.Length == 0)
        {
            throw outer.Error(string.Create(CultureInfo.InvariantCulture, $"a piece {Excerpt.Quote(text)} of type {type} with score {score}"));
        }

        return new SentencePieceEntry(text, score, (PieceType)type);
    }

    private static SentencePieceFile ReadTrainer(SentencePieceFile file, ProtobufReader reader)
    {
        while (reader.Next())
        {
            file = reader.Field switch
            {
                3 => file with { ModelType = reader.Integer() },
                24 => file with { SpaceIsSuffix = reader.Flag() },
                35 => file with { HasByteFallback = reader.Flag() },
                40 => file with { UnknownId = reader.Integer() },
                41 => file with { BosId = reader.Integer() },
                42 => file with { EosId = reader.Integer() },
                43 => file with { PadId = reader.Integer() },
                44 => file with { UnknownSurface = reader.Text() },
                _ => file,
            };
        }

        return file;
    }

    private static SentencePieceFile ReadNormalizer(SentencePieceFile file, string path, ProtobufReader reader)
    {
        while (reader.Next())
        {
            file = reader.Field switch
            {
                2 => file with { Characters = ReadMap(path, reader.ByteArray()) },
                3 => file with { AddsDummyPrefix = reader.Flag() },
                4 => file with { RemovesExtraSpaces = reader.Flag() },
                5 => file with { EscapesSpaces = reader.Flag() },
                _ => file,
            };
        }

        return file;
    }

    private static CharacterMap? ReadMap(string path, byte[] map)
    {
        try
        {
            return map.Length == 0 ? null : CharacterMap.Parse(map);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"{path}: normalizer_spec.precompiled_charsmap: {e.Message}", e);
        }
    }

    private static void RequireNoMap(string path, ProtobufReader reader)
    {
        while (reader.Next())
        {
            if (reader.Field == 2 && reader.Bytes.Length > 0)
            {
                throw new InvalidDataException($"{path}: denormalizer_spec has a character map of {reader.Bytes.Length} bytes; rewriting of decoded text is not supported");
            }
        }
    }

    private void Check(string path)
    {
        if (ModelType is not (1 or 2))
        {
            throw new InvalidDataException($"{path}: model type {ModelType} is not known; known are 1 (unigram) and 2 (BPE)");
        }

        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int id = 0; id < Pieces.Count; id++)
        {
            CheckPiece(path, id, seen);
        }

        if (!Has(UnknownId) || Pieces[UnknownId].Type != PieceType.Unknown)
        {
            throw new InvalidDataException($"{path}: the unknown piece should have id {UnknownId}, but there is none of that type among the {Pieces.Count} pieces; the file may be cut off");
        }
    }

    private void CheckPiece(string path, int id, Dictionary<string, int> seen)
    {
        SentencePieceEntry piece = Pieces[id];
        string? problem = piece.Text.Length > Files.HuggingFace.VocabularyReader.LongestPiece ? $"has {piece.Text.Length} characters; {Files.HuggingFace.VocabularyReader.LongestPiece} are read at most"
            : piece.Type == PieceType.Byte && Pipeline.ByteToken.ValueOf(piece.Text) is null ? "is of type byte, but its name is not like <0x00>"
            : piece.Type == PieceType.Unused && !IsUnigram ? "is unused, which is supported in unigram models only"
            : !seen.TryAdd(piece.Text, id) ? $"is also piece {seen[piece.Text]}"
            : null;
        if (problem is not null)
        {
            throw new InvalidDataException($"{path}: piece {id} {Excerpt.Quote(piece.Text)} {problem}");
        }
    }
}
