using System.Collections.Immutable;
using System.Globalization;
using Heed.Text.Tokenizers.Files.HuggingFace;
using Heed.Text.Tokenizers.SentencePiece;

namespace Heed.Text.Tokenizers.Files.Gguf;

/// <summary>Trusts nothing in a GGUF file's lists: their lengths, names, types and ids are checked before anything is made of them.</summary>
internal static class GgufVocabularyGuard
{
    private const int MostTokens = 4 * TokenizerOptions.MaxVocabSize;
    private const int MostMerges = 2 * MostTokens;

    /// <exception cref="InvalidDataException">Something is out of range; the message names the key.</exception>
    public static void Check(GgufVocabulary vocabulary, string source)
    {
        int count = vocabulary.Tokens.Length;
        Require(count is > 0 and <= MostTokens, source, "tokens", $"holds {count} names; from 1 to {MostTokens} are read");
        Require(vocabulary.Merges.Length <= MostMerges, source, "merges", $"holds {vocabulary.Merges.Length} merges; {MostMerges} are read at most");
        CheckLength(vocabulary.Scores, count, source, "scores");
        CheckLength(vocabulary.TokenTypes, count, source, "token_type");
        foreach (int type in vocabulary.TokenTypes)
        {
            Require(Enum.IsDefined((PieceType)type), source, "token_type", $"holds the unknown type {type}; 1 to 6 are known");
        }

        foreach (float score in vocabulary.Scores)
        {
            Require(float.IsFinite(score), source, "scores", string.Create(CultureInfo.InvariantCulture, $"holds {score}, which is no score"));
        }

        CheckNames(vocabulary.Tokens, source);
        CheckId(vocabulary.BosId, "bos_token_id");
        CheckId(vocabulary.EosId, "eos_token_id");
        CheckId(vocabulary.UnknownId, "unknown_token_id");
        CheckId(vocabulary.PaddingId, "padding_token_id");

        void CheckId(int? id, string key) => Require(id is null || (id >= 0 && id < count), source, key, $"is {id}, but there are {count} tokens");
    }

    private static void CheckLength<T>(ImmutableArray<T> list, int count, string source, string key) =>
        Require(list.IsEmpty || list.Length == count, source, key, $"holds {list.Length} values for {count} tokens");

    private static void CheckNames(ImmutableArray<string> names, string source)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int id = 0; id < names.Length; id++)
        {
            string name = names[id];
            Require(name.Length <= VocabularyReader.LongestPiece, source, "tokens", $"token {id} has {name.Length} characters; {VocabularyReader.LongestPiece} are read at most");
            if (name.Length > 0 && !seen.TryAdd(name, id))
            {
                throw Error(source, "tokens", $"\"{Short(name)}\" is token {seen[name]} and token {id}");
            }
        }
    }

    private static string Short(string name) => name[..Math.Min(40, name.Length)];

    private static void Require(bool holds, string source, string key, string problem)
    {
        if (!holds)
        {
            throw Error(source, key, problem);
        }
    }

    private static InvalidDataException Error(string source, string key, string problem) => new($"{source}: tokenizer.ggml.{key} {problem}");
}
