using System.Text.Encodings.Web;
using System.Text.Json;
using Heed.Text.IO;

namespace Heed.Text.Tokenizers.Files;

/// <summary>Writes <c>tokenizer.json</c>.</summary>
internal static class TokenizerFileWriter
{
    public const string FileName = "tokenizer.json";

    // Pieces stay readable in the file; nothing here is ever put into a web page unescaped.
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(TrainedTokenizer tokenizer, string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        Directory.CreateDirectory(folder);
        AtomicFile.Write(Path.Combine(folder, FileName), stream => Write(tokenizer, stream));
    }

    public static void Write(TrainedTokenizer tokenizer, Stream stream)
    {
        using var json = new Utf8JsonWriter(stream, Options);
        json.WriteStartObject();
        json.WriteString("version", "1.0");
        json.WriteNull("truncation");
        json.WriteNull("padding");
        WriteJson(json, "added_tokens", TrainedPipeline.AddedTokens);
        WriteJson(json, "normalizer", TrainedPipeline.Normalizer(tokenizer.Kind, tokenizer.Lowercase));
        WriteJson(json, "pre_tokenizer", TrainedPipeline.PreTokenizer(tokenizer.Kind));
        json.WriteNull("post_processor");
        WriteJson(json, "decoder", TrainedPipeline.Decoder(tokenizer.Kind));
        json.WriteStartObject("model");
        tokenizer.WriteModel(json);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteJson(Utf8JsonWriter json, string name, string value)
    {
        json.WritePropertyName(name);
        using JsonDocument document = JsonDocument.Parse(value);
        document.RootElement.WriteTo(json);
    }
}
