using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Heed.Models.Formats;
using Heed.Models.Formats.Gguf;

namespace Heed.Cli.Commands;

/// <summary>What a published checkpoint says about itself: architecture, tokenizer, settings.</summary>
internal static class CheckpointFacts
{
    private static readonly string[] Sizes =
    [
        "architectures", "vocab_size", "hidden_size", "n_embd", "d_model", "dim", "num_hidden_layers", "n_layer", "n_layers", "num_layers", "encoder_layers", "decoder_layers",
        "num_attention_heads", "n_head", "n_heads", "num_heads", "num_key_value_heads", "max_position_embeddings", "n_positions", "torch_dtype",
    ];

    private static readonly (string File, string Kind)[] Tokenizers =
    [
        ("tokenizer.json", "tokenizer.json"), ("tokenizer.model", "SentencePiece, tokenizer.model"), ("spiece.model", "SentencePiece, spiece.model"),
        ("source.spm", "SentencePiece, source.spm and target.spm"), ("merges.txt", "byte-pair encoding, vocab.json and merges.txt"), ("vocab.txt", "WordPiece, vocab.txt"),
    ];

    /// <summary>Name and value of what a folder with <c>config.json</c> says.</summary>
    public static IEnumerable<string[]> OfFolder(string folder)
    {
        JsonObject config = Read(Path.Combine(folder, "config.json"));
        yield return ["architecture", Text(config["model_type"])];
        foreach (string key in Sizes.Where(config.ContainsKey))
        {
            yield return [key, Text(config[key])];
        }

        string[] kinds = [.. Tokenizers.Where(known => File.Exists(Path.Combine(folder, known.File))).Select(known => known.Kind)];
        yield return ["tokenizer", kinds.Length == 0 ? "none in the folder" : string.Join("; ", kinds)];
        string generation = Path.Combine(folder, "generation_config.json");
        yield return ["generation", File.Exists(generation) ? Settings(Read(generation)) : "no settings in the folder"];
    }

    /// <summary>Name and value of what a single file says.</summary>
    public static IEnumerable<string[]> OfFile(ICheckpoint checkpoint)
    {
        if (checkpoint is GgufFile gguf)
        {
            yield return ["architecture", gguf.Values.TextOrNull("general.architecture") ?? "not said"];
            yield return ["tokenizer", gguf.Values.TextOrNull("tokenizer.ggml.model") is { } kind
                ? string.Create(CultureInfo.InvariantCulture, $"{kind}, {gguf.Values.TextsOrNull("tokenizer.ggml.tokens")?.Length ?? 0} tokens")
                : "none in the file"];
        }

        foreach ((string key, string value) in checkpoint.Metadata)
        {
            yield return [OneLine(key), OneLine(value)];
        }
    }

    private static JsonObject Read(string path)
    {
        try
        {
            return JsonNode.Parse(File.ReadAllText(path)) as JsonObject ?? throw new ModelFileException(path, "expected an object at the top");
        }
        catch (Exception error) when (error is JsonException or ArgumentException or InvalidOperationException)
        {
            throw new ModelFileException(path, $"not valid JSON: {error.Message}", error);
        }
    }

    private static string Settings(JsonObject settings) => string.Join(", ", settings
        .Where(pair => !pair.Key.StartsWith('_') && pair.Key != "transformers_version")
        .Select(pair => $"{pair.Key} {Text(pair.Value)}"));

    private static string Text(JsonNode? node) => node switch
    {
        null => "none",
        JsonValue value when value.TryGetValue(out string? text) => OneLine(text),
        JsonArray { Count: 1 } list => Text(list[0]),
        _ => node.ToJsonString(),
    };

    // A chat template is pages long, and no file may move the cursor.
    private static string OneLine(string text)
    {
        const int most = 100;
        string shown = text.Length <= most ? text : text[..most] + "...";
        return string.Concat(shown.Select(c => char.IsControl(c) ? ' ' : c));
    }
}
