using System.Collections.Immutable;
using Heed.Text.Tokenizers.SentencePiece;

namespace Heed.Text.Tokenizers.Files.Gguf;

/// <summary>Names and types of a GGUF file's tokens, as all kinds read them.</summary>
internal static class GgufNames
{
    /// <summary>The name of each id; one that has none gets one that is in no text.</summary>
    public static string[] Of(GgufVocabulary vocabulary) => [.. vocabulary.Tokens.Select((name, id) => name.Length > 0 ? name : $"[EMPTY_{id}]")];

    /// <summary>What each id is for. The tokens that begin and end texts are structure, whatever a file says.</summary>
    public static PieceType[] Types(GgufVocabulary vocabulary)
    {
        ImmutableArray<int> stored = vocabulary.TokenTypes;
        PieceType[] types = [.. vocabulary.Tokens.Select((name, id) => name.Length == 0 ? PieceType.Unused : stored.IsEmpty ? PieceType.Normal : (PieceType)stored[id])];
        foreach (int? id in (int?[])[vocabulary.BosId, vocabulary.EosId, vocabulary.PaddingId])
        {
            if (id is { } structure && types[structure] == PieceType.Normal)
            {
                types[structure] = PieceType.Control;
            }
        }

        return types;
    }

    /// <summary>The files that go with the tokenizer where it is saved.</summary>
    public static TokenizerConfig Config(GgufVocabulary vocabulary, string source, string className, bool addsBos, bool addsEos) =>
        TokenizerConfig.Parse(source, GgufConfigFile.Write(vocabulary, className, addsBos, addsEos));
}
