using Heed.Text.Tokenizers.Pipeline;
using Heed.Text.Tokenizers.SentencePiece;

namespace Heed.Text.Tokenizers.Files.Gguf;

/// <summary>The kinds <c>llama</c> and <c>t5</c>: a SentencePiece model, taken apart into lists. It is put together again and read as such.</summary>
internal static class GgufSentencePiece
{
    private const string FileName = "tokenizer.model";

    public static LoadedTokenizer Read(GgufVocabulary vocabulary, string source)
    {
        bool isUnigram = vocabulary.Model == "t5";
        if (vocabulary.Scores.IsEmpty)
        {
            throw new InvalidDataException($"{source}: there is no tokenizer.ggml.scores, which a tokenizer of the kind \"{vocabulary.Model}\" needs");
        }

        string[] names = GgufNames.Of(vocabulary);
        PieceType[] types = Types(vocabulary, names, isUnigram);
        int unknown = Array.IndexOf(types, PieceType.Unknown);
        if (unknown < 0)
        {
            throw new InvalidDataException($"{source}: tokenizer.ggml.token_type marks no token as unknown (type 2), which a tokenizer of the kind \"{vocabulary.Model}\" needs");
        }

        byte[] model = new SentencePieceWriter
        {
            IsUnigram = isUnigram,
            HasByteFallback = types.Contains(PieceType.Byte),
            SpecialIds = (unknown, vocabulary.BosId, vocabulary.EosId, vocabulary.PaddingId),
            AddsDummyPrefix = vocabulary.AddsSpacePrefix ?? true,
            RemovesExtraSpaces = isUnigram && (vocabulary.RemovesExtraSpaces ?? false),
            CharacterMap = vocabulary.CharacterMap.AsMemory(),
        }.Write([.. names.Select((name, id) => new SentencePieceEntry(name, vocabulary.Scores[id], types[id]))]);
        TokenizerConfig config = GgufNames.Config(
            vocabulary, source, isUnigram ? "T5Tokenizer" : "LlamaTokenizer", vocabulary.AddsBos ?? !isUnigram, vocabulary.AddsEos ?? isUnigram);
        SentencePieceFile file = SentencePieceFile.Parse(source, model);
        return SentencePieceReader.Make(FileName, model, file, isUnigram ? SentencePieceFamily.T5Legacy : SentencePieceFamily.LlamaLegacy, config with { ExtraIds = 0 });
    }

    // Of several tokens for the unknown one counts. Byte-pair models know no unused pieces: they are structure that nothing reaches.
    private static PieceType[] Types(GgufVocabulary vocabulary, string[] names, bool isUnigram)
    {
        PieceType[] types = GgufNames.Types(vocabulary);
        if (vocabulary.UnknownId is { } said)
        {
            types[said] = PieceType.Unknown;
        }

        bool hasUnknown = false;
        for (int id = 0; id < types.Length; id++)
        {
            bool isSecondUnknown = types[id] == PieceType.Unknown && (hasUnknown || (vocabulary.UnknownId is { } unknown && unknown != id));
            hasUnknown |= types[id] == PieceType.Unknown && !isSecondUnknown;
            types[id] = isSecondUnknown || (types[id] == PieceType.Unused && !isUnigram) ? PieceType.Control
                : types[id] == PieceType.Normal && vocabulary.TokenTypes.IsEmpty && ByteToken.ValueOf(names[id]) is not null ? PieceType.Byte
                : types[id];
        }

        return types;
    }
}
