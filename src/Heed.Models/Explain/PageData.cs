using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Heed.Models.Explain;

/// <summary>Writes explanations as the JSON that the page's script reads (Page/data.js).</summary>
/// <remarks>
/// A weight is stored as a whole number of ten-thousandths in two little-endian bytes, so the page holds exactly the
/// four decimals that it shows, and a 60 by 60 map takes 9.6 kB of base64. The encoder escapes &lt;, &gt;, &amp; and
/// quotes everywhere, so no token can end the script element that holds the data.
/// </remarks>
internal static class PageData
{
    internal const int WeightUnit = 10_000;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    internal static string Write(IReadOnlyList<TranslationExplanation> explanations)
    {
        var buffer = new ArrayBufferWriter<byte>(64 * 1024);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteNumber("weightUnit", WeightUnit);
            json.WriteStartArray("explanations");
            foreach (var explanation in explanations)
            {
                WriteExplanation(json, explanation);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteExplanation(Utf8JsonWriter json, TranslationExplanation explanation)
    {
        json.WriteStartObject();
        json.WriteString("title", WellFormed(explanation.Title));
        json.WriteString("source", WellFormed(explanation.SourceText));
        json.WriteString("target", WellFormed(explanation.TargetText));
        json.WriteBoolean("forced", explanation.TargetWasForced);
        if (explanation.Model is { } model)
        {
            WriteModel(json, model);
        }

        WriteTokens(json, "sourceTokens", explanation.SourceTokens);
        WriteTokens(json, "targetTokens", explanation.TargetTokens);
        WriteTokens(json, "inputTokens", explanation.DecoderInputTokens);
        if (explanation.TokenLogProbabilities is { } logProbabilities)
        {
            WriteLogProbabilities(json, logProbabilities);
        }

        json.WriteStartArray("maps");
        foreach (var map in explanation.Maps)
        {
            WriteMap(json, map);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteModel(Utf8JsonWriter json, ExplainedModel model)
    {
        json.WriteStartObject("model");
        json.WriteString("name", WellFormed(model.Name));
        json.WriteNumber("layers", model.Layers);
        json.WriteNumber("heads", model.Heads);
        json.WriteNumber("parameters", model.Parameters);
        json.WriteEndObject();
    }

    private static void WriteTokens(Utf8JsonWriter json, string name, IReadOnlyList<string> tokens)
    {
        json.WriteStartArray(name);
        foreach (var token in tokens)
        {
            json.WriteStringValue(WellFormed(token));
        }

        json.WriteEndArray();
    }

    /// <summary>JSON has no infinity: a token of probability zero is written as null.</summary>
    private static void WriteLogProbabilities(Utf8JsonWriter json, IReadOnlyList<double> logProbabilities)
    {
        json.WriteStartArray("logProbabilities");
        foreach (var logProbability in logProbabilities)
        {
            if (double.IsNegativeInfinity(logProbability))
            {
                json.WriteNullValue();
            }
            else
            {
                json.WriteNumberValue(Math.Round(Math.Min(logProbability, 0), 5));
            }
        }

        json.WriteEndArray();
    }

    private static void WriteMap(Utf8JsonWriter json, AttentionMap map)
    {
        var bytes = new byte[map.Queries * map.Keys * sizeof(ushort)];
        var position = 0;
        foreach (var weight in map.Weights) // row by row
        {
            var units = (ushort)Math.Round(Math.Clamp((double)weight, 0, 1) * WeightUnit, MidpointRounding.AwayFromZero);
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(position), units);
            position += sizeof(ushort);
        }

        json.WriteStartObject();
        json.WriteString("kind", map.Kind);
        json.WriteNumber("layer", map.Layer);
        json.WriteNumber("head", map.Head);
        json.WriteBase64String("weights", bytes);
        json.WriteEndObject();
    }

    /// <summary>A byte-level token may hold half a surrogate pair, which JSON cannot carry: U+FFFD stands in for it.</summary>
    private static string WellFormed(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
