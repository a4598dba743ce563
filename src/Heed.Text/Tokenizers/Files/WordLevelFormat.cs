using System.Text;
using System.Text.Json;
using Heed.Text.IO;

namespace Heed.Text.Tokenizers.Files;

/// <summary>
/// The model object of word and character tokenizers: type "WordLevel" with two fields more, <c>kind</c> and
/// <c>byte_fallback</c>. Readers that do not know them give <c>&lt;unk&gt;</c> where this library gives bytes.
/// </summary>
internal static class WordLevelFormat
{
    public const string Type = "WordLevel";

    public static void Write(Utf8JsonWriter json, string kind, Vocabulary vocabulary)
    {
        json.WriteString("type", Type);
        json.WriteString("kind", kind);
        json.WriteBoolean("byte_fallback", true);
        VocabularyFormat.WriteMap(json, vocabulary);
        json.WriteString("unk_token", "<unk>");
    }

    public static Tokenizer Read(JsonPlace root, JsonPlace model)
    {
        JsonPlace kind = model.Get("kind");
        model.RequireSettings("""{"byte_fallback": true, "unk_token": "<unk>"}""");
        Vocabulary vocabulary = VocabularyFormat.ReadMap(model.Get("vocab"));
        switch (kind.Text())
        {
            case TokenizerKind.Words:
                return new WordTokenizer(vocabulary, TrainedPipeline.Check(root, TokenizerKind.Words));
            case TokenizerKind.Characters:
                foreach (string piece in vocabulary.Pieces)
                {
                    if (piece.EnumerateRunes().Count() != 1)
                    {
                        throw model.Get("vocab").Error($"piece {Excerpt.Quote(piece)} is not one character");
                    }
                }

                return new CharacterTokenizer(vocabulary, TrainedPipeline.Check(root, TokenizerKind.Characters));
            default:
                throw kind.Error($"expected \"{TokenizerKind.Words}\" or \"{TokenizerKind.Characters}\", found {kind.Excerpt()}");
        }
    }
}
