using System.Text.Json;

namespace Heed.Text.Tests.Tokenizers.Vectors;

/// <summary>One line of a file of test vectors: a text, or a pair of texts, and what a reference tokenizer made of it.</summary>
internal sealed record TokenVector
{
    public required string Text { get; init; }

    public string? Pair { get; init; }

    /// <summary>Without special tokens added; those written in the text are recognised.</summary>
    public int[]? Ids { get; init; }

    /// <summary>With the special tokens that the family adds.</summary>
    public int[]? IdsWithSpecial { get; init; }

    public int[]? TypeIds { get; init; }

    /// <summary>The text of <see cref="Ids"/>, special tokens written by their names.</summary>
    public string? Decoded { get; init; }

    /// <summary>The same without special tokens, spaces cleaned up.</summary>
    public string? Clean { get; init; }

    /// <summary>Whether the reference composed the text first, which readers of its files do not.</summary>
    public bool IsComposed { get; init; }

    public static IEnumerable<TokenVector> Read(string path)
    {
        foreach (string line in File.ReadLines(path))
        {
            using JsonDocument document = JsonDocument.Parse(line);
            yield return Parse(document.RootElement);
        }
    }

    /// <summary>A list of whole numbers, which some files write as strings.</summary>
    public static int[]? Numbers(JsonElement row, string name) => !row.TryGetProperty(name, out JsonElement list) ? null
        : [.. list.EnumerateArray().Select(item => int.Parse(item.ToString(), System.Globalization.CultureInfo.InvariantCulture))];

    private static TokenVector Parse(JsonElement row) => new()
    {
        Text = row.GetProperty("text").GetString()!,
        Pair = String(row, "pair"),
        Ids = Numbers(row, "ids"),
        IdsWithSpecial = Numbers(row, "ids_special_tokenizer_json") ?? Numbers(row, "ids_special"),
        TypeIds = Numbers(row, "token_type_ids"),
        Decoded = String(row, "decoded"),
        Clean = String(row, "decoded_clean"),
        IsComposed = row.TryGetProperty("ids_special_tokenizer_json", out _),
    };

    private static string? String(JsonElement row, string name) => row.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;
}
