using System.Collections.Immutable;

namespace Heed.Models.Formats.Gguf;

/// <summary>The metadata of a GGUF file, with every value of the type that the caller needs or an error that says what is there.</summary>
public sealed class GgufMetadata
{
    private readonly SortedDictionary<string, GgufValue> values;

    internal GgufMetadata(string path, SortedDictionary<string, GgufValue> values)
    {
        FilePath = path;
        this.values = values;
    }

    /// <summary>The file they are of.</summary>
    public string FilePath { get; }

    /// <summary>All keys, in order (ordinal).</summary>
    public IReadOnlyCollection<string> Keys => values.Keys;

    /// <summary>Whether a key is there.</summary>
    public bool Contains(string key) => values.ContainsKey(key);

    /// <summary>A value of any type, or null.</summary>
    public GgufValue? Find(string key) => values.GetValueOrDefault(key);

    /// <summary>A text.</summary>
    /// <exception cref="ModelFileException">The key is missing, or holds something else.</exception>
    public string Text(string key) => TextOrNull(key) ?? throw Missing(key, "a text");

    /// <summary>A text, or null where the key is missing.</summary>
    /// <exception cref="ModelFileException">The key holds something else.</exception>
    public string? TextOrNull(string key) => Find(key) is { } value ? value.Content as string ?? throw Wrong(key, value, "a text") : null;

    /// <summary>An integer.</summary>
    /// <exception cref="ModelFileException">The key is missing, or holds something else.</exception>
    public int Integer(string key) => IntegerOrNull(key) ?? throw Missing(key, "an integer");

    /// <summary>An integer, or null where the key is missing.</summary>
    /// <exception cref="ModelFileException">The key holds something else.</exception>
    public int? IntegerOrNull(string key) => Find(key) is not { } value ? null
        : value.ToInt64() is { } number && number == (int)number ? (int)number
        : throw Wrong(key, value, "an integer of 32 bits with sign");

    /// <summary>A number.</summary>
    /// <exception cref="ModelFileException">The key is missing, or holds something else.</exception>
    public float Number(string key) => NumberOrNull(key) ?? throw Missing(key, "a number");

    /// <summary>A number, or null where the key is missing.</summary>
    /// <exception cref="ModelFileException">The key holds something else.</exception>
    public float? NumberOrNull(string key) => Find(key) is { } value ? (float)(value.ToDouble() ?? throw Wrong(key, value, "a number")) : null;

    /// <summary>A truth value, or null where the key is missing.</summary>
    /// <exception cref="ModelFileException">The key holds something else.</exception>
    public bool? FlagOrNull(string key) => Find(key) is { } value ? value.Content as bool? ?? throw Wrong(key, value, "a truth value") : null;

    /// <summary>An array of texts, for example <c>tokenizer.ggml.tokens</c>; null where the key is missing.</summary>
    /// <exception cref="ModelFileException">The key holds something else.</exception>
    public ImmutableArray<string>? TextsOrNull(string key) => Find(key) is { } value ? [.. value.Content as string[] ?? throw Wrong(key, value, "an array of texts")] : null;

    /// <summary>An array of floats, for example <c>tokenizer.ggml.scores</c>; null where the key is missing.</summary>
    /// <exception cref="ModelFileException">The key holds something else.</exception>
    public ImmutableArray<float>? NumbersOrNull(string key) => Find(key) is { } value ? [.. value.Content as float[] ?? throw Wrong(key, value, "an array of floats")] : null;

    /// <summary>An array of integers, for example <c>tokenizer.ggml.token_type</c>; null where the key is missing.</summary>
    /// <exception cref="ModelFileException">The key holds something else.</exception>
    public ImmutableArray<int>? IntegersOrNull(string key) => Find(key) is { } value ? [.. value.ToInt32s() ?? throw Wrong(key, value, "an array of integers of 32 bits")] : null;

    /// <summary>An array of bytes, for example <c>tokenizer.ggml.precompiled_charsmap</c>; null where the key is missing.</summary>
    /// <exception cref="ModelFileException">The key holds something else.</exception>
    public ImmutableArray<byte>? BytesOrNull(string key) => Find(key) is not { } value ? null
        : value.Content is byte[] bytes ? [.. bytes]
        : value.Content is sbyte[] signed ? [.. signed.Select(number => unchecked((byte)number))]
        : throw Wrong(key, value, "an array of bytes");

    private ModelFileException Missing(string key, string expected) => new(FilePath, $"there is no metadata {Display.Quote(key)}; expected {expected}");

    private ModelFileException Wrong(string key, GgufValue value, string expected) =>
        new(FilePath, $"metadata {Display.Quote(key)} is {(value.Type == GgufValueType.Array ? value.ToString() : $"{value.Type} {Display.Quote(value.ToString())}")}; expected {expected}");
}
