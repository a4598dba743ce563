using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Heed.Text.Tokenizers.Unigram;

namespace Heed.Text.Tokenizers.Files;

/// <summary>The model object of a unigram language model: type "Unigram" and a list of [piece, score] in id order.</summary>
internal static class UnigramFormat
{
    public const string Type = "Unigram";

    private const string Settings = """{"unk_id": 3, "byte_fallback": true}""";

    // Far beyond any logarithm of a probability, and small enough that sums over a very long text stay exact enough.
    private const double LowestScore = -1_000_000;

    public static void Write(Utf8JsonWriter json, Vocabulary vocabulary, ReadOnlySpan<double> scores)
    {
        json.WriteString("type", Type);
        json.WriteNumber("unk_id", 3);
        json.WriteBoolean("byte_fallback", true);
        json.WriteStartArray("vocab");
        for (int id = 0; id < vocabulary.Count; id++)
        {
            // One piece a line, where the writer's own indentation would take four.
            double score = id < Vocabulary.FirstPieceId ? 0 : scores[id - Vocabulary.FirstPieceId];
            JsonEncodedText piece = JsonEncodedText.Encode(vocabulary.DisplayText(id), JavaScriptEncoder.UnsafeRelaxedJsonEscaping);
            json.WriteRawValue(string.Create(CultureInfo.InvariantCulture, $"[\"{piece}\", {score:R}]"));
        }

        json.WriteEndArray();
    }

    public static UnigramTokenizer Read(JsonPlace root, JsonPlace model)
    {
        bool lowercase = TrainedPipeline.Check(root, TokenizerKind.Unigram);
        model.RequireSettings(Settings);
        JsonPlace vocab = model.Get("vocab");
        JsonPlace[] items = vocab.Items();
        var names = new string[items.Length];
        var scores = new double[items.Length];
        for (int id = 0; id < items.Length; id++)
        {
            JsonPlace[] entry = items[id].Items();
            if (entry.Length != 2)
            {
                throw items[id].Error($"expected [piece, score], found {items[id].Excerpt()}");
            }

            names[id] = entry[0].Text();
            scores[id] = entry[1].Number();
            if (scores[id] is < LowestScore or > 0)
            {
                throw entry[1].Error(FormattableString.Invariant($"score {scores[id]} is out of range: the logarithm of a probability is at most 0, and at least {LowestScore} here"));
            }
        }

        return new UnigramTokenizer(VocabularyFormat.FromNames(vocab, names), scores[Vocabulary.FirstPieceId..], lowercase);
    }
}
