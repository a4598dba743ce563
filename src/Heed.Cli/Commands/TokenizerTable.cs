using Heed.Cli.Terminal;
using Heed.Text.Tokenizers;

namespace Heed.Cli.Commands;

/// <summary>What <c>heed inspect</c> shows of a tokenizer.</summary>
internal static class TokenizerTable
{
    /// <summary>Whether a path is a tokenizer file, or a folder that holds a tokenizer and no model.</summary>
    public static bool IsTokenizer(string path) => Directory.Exists(path)
        ? TokenizerFiles.Vocabularies.Any(name => File.Exists(Path.Combine(path, name))) && !HoldsModel(path)
        : File.Exists(path) && (Path.GetExtension(path) is ".model" or ".spm" or ".bpe" or ".tiktoken" || IsNamedTokenizer(Path.GetFileName(path)));

    public static void Write(TextWriter writer, string path)
    {
        Tokenizer tokenizer = Tokenizer.Load(path);
        SpecialTokens special = tokenizer.Special;
        Columns.Write(writer,
        [
            ["tokenizer", tokenizer.Kind],
            ["tokens", tokenizer.VocabSize.ToString(System.Globalization.CultureInfo.InvariantCulture)],
            ["text", tokenizer.Lowercase ? "lower-cased" : "case kept"],
            ["begin", Describe(tokenizer, special.BosId)],
            ["end", Describe(tokenizer, special.EosId)],
            ["padding", Describe(tokenizer, special.PadId)],
            ["unknown", Describe(tokenizer, special.UnknownId)],
            ["mask", Describe(tokenizer, special.MaskId)],
            ["around a text", Around(tokenizer)],
        ]);
    }

    private static bool HoldsModel(string folder) =>
        Directory.EnumerateFiles(folder).Any(file => Path.GetFileName(file) == "config.json" || Path.GetExtension(file) is ".safetensors" or ".gguf");

    // Other files end in .txt and .bin too, llama2.c's models among them.
    private static bool IsNamedTokenizer(string name) => TokenizerFiles.Vocabularies.Contains(name) || name == "merges.txt" || name.EndsWith("vocab.txt", StringComparison.Ordinal)
        || (name.StartsWith("tok", StringComparison.Ordinal) && name.EndsWith(".bin", StringComparison.Ordinal));

    private static string Describe(Tokenizer tokenizer, int id) => id == SpecialTokens.None ? "none" : $"{tokenizer.TokenText(id)} ({id})";

    private static string Around(Tokenizer tokenizer)
    {
        int[] plain = tokenizer.Encode("a");
        int[] full = tokenizer.Encode("a", new EncodeOptions { AddSpecialTokens = true });
        int start = full.AsSpan().IndexOf(plain);
        return full.Length == plain.Length || start < 0 ? "nothing"
            : string.Join(' ', [.. full[..start].Select(tokenizer.TokenText), "text", .. full[(start + plain.Length)..].Select(tokenizer.TokenText)]);
    }
}
