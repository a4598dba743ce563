using Heed.Text.Tokenizers.PreTokenizers;

namespace Heed.Text.Tokenizers.Files.Gguf;

/// <summary>How a text of the kind <c>gpt2</c> is cut into words: what the names of <c>tokenizer.ggml.pre</c> stand for.</summary>
/// <param name="Regexes">The splitting patterns, applied one after the other.</param>
/// <remarks>The names and patterns are those of llama.cpp (<c>llama-vocab.cpp</c>).</remarks>
internal sealed record GgufPattern(params IReadOnlyList<string> Regexes)
{
    private const string Default = "default";

    private static readonly Dictionary<string, GgufPattern> Known = new(StringComparer.Ordinal)
    {
        [Default] = new(Delimiters.SignsRegex, SplitPattern.Gpt2.Regex, Delimiters.NumberRegex, Delimiters.ThreeDigitsRegex),
        ["gpt-2"] = new(SplitPattern.Gpt2.Regex),
        ["phi-2"] = new(SplitPattern.Gpt2.Regex),
        ["mpt"] = new(SplitPattern.Gpt2.Regex),
        ["olmo"] = new(SplitPattern.Gpt2.Regex),
        ["llama-bpe"] = new(SplitPattern.Llama3.Regex) { TakesWholeWords = true, AddsBos = true },
        ["llama3"] = new(SplitPattern.Llama3.Regex) { TakesWholeWords = true, AddsBos = true },
        ["llama-v3"] = new(SplitPattern.Llama3.Regex) { TakesWholeWords = true, AddsBos = true },
        ["falcon3"] = new(SplitPattern.Llama3.Regex) { TakesWholeWords = true, AddsBos = true },
        ["dbrx"] = new(SplitPattern.Llama3.Regex),
        ["smaug-bpe"] = new(SplitPattern.Llama3.Regex),
        ["qwen2"] = new(SplitPattern.Qwen2.Regex) { Composes = true },
        ["deepseek-r1-qwen"] = new(SplitPattern.Qwen2.Regex) { Composes = true },
        ["stablelm2"] = new(SplitPattern.Qwen2.Regex),
        ["gpt-4o"] = new(SplitPattern.O200k.Regex),
        ["llama4"] = new(SplitPattern.O200k.Regex),
        ["tekken"] = new(SplitPattern.Tekken.Regex) { TakesWholeWords = true, AddsBos = true },
        ["starcoder"] = new(Delimiters.DigitRegex, SplitPattern.Gpt2.Regex),
        ["refact"] = new(Delimiters.DigitRegex, SplitPattern.Gpt2.Regex),
        ["command-r"] = new(Delimiters.DigitRegex, SplitPattern.Gpt2.Regex),
        ["smollm"] = new(Delimiters.DigitRegex, SplitPattern.Gpt2.Regex),
    };

    /// <summary>Whether a word that is a token is that token, whatever the merges say.</summary>
    public bool TakesWholeWords { get; private init; }

    /// <summary>Whether text is composed (NFC) first.</summary>
    public bool Composes { get; private init; }

    /// <summary>Whether the token that begins a text is put in front where the file does not say.</summary>
    public bool AddsBos { get; private init; }

    /// <exception cref="InvalidDataException">The name is not known.</exception>
    public static GgufPattern Of(string source, string? name) => Known.TryGetValue(name ?? Default, out GgufPattern? pattern)
        ? pattern
        : throw new InvalidDataException($"{source}: tokenizer.ggml.pre is \"{name}\"; known are {string.Join(", ", Known.Keys.Order(StringComparer.Ordinal))}. Give the tokenizer's own files instead");

    /// <summary>The name of a pattern, or null where llama.cpp has none for it.</summary>
    public static string? NameOf(SplitPattern pattern, bool takesWholeWords) => Known
        .FirstOrDefault(pair => pair.Value.Regexes is [{ } regex] && regex == pattern.Regex && pair.Value.TakesWholeWords == takesWholeWords).Key;
}
