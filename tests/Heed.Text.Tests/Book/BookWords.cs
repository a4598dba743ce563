using System.Text.Json;
using System.Text.RegularExpressions;
using Heed.Text.Tests.Tokenizers;
using Heed.Text.Tokenizers;

namespace Heed.Text.Tests.Book;

/// <summary>Words as the book cuts them: at spaces, and at punctuation, which stays.</summary>
internal static partial class BookWords
{
    public static string[] Split(string text) => [.. Cuts().Split(text).Select(piece => piece.Trim()).Where(piece => piece.Length > 0)];

    /// <summary>The different words in the order of their characters.</summary>
    public static string[] Vocabulary(string text) => [.. Split(text).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>A tokenizer of ours with the book's vocabulary, for words with spaces between them.</summary>
    public static Tokenizer Tokenizer(string text)
    {
        string[] words = [.. Vocabulary(text), "<|endoftext|>", "<|unk|>"];
        string vocabulary = JsonSerializer.Serialize(words.Select((word, id) => (word, id)).ToDictionary(pair => pair.word, pair => pair.id));
        return SampleFiles.ReadJson($$"""
            {"added_tokens": [{"id": {{words.Length - 2}}, "content": "<|endoftext|>", "special": true}], "pre_tokenizer": {"type": "WhitespaceSplit"},
             "model": {"type": "WordLevel", "unk_token": "<|unk|>", "vocab": {{vocabulary}} } }
            """);
    }

    /// <summary>The words of ids with spaces between them, but not before punctuation, as the book writes them.</summary>
    public static string Join(Tokenizer tokenizer, int[] ids) => BeforePunctuation().Replace(string.Join(' ', ids.Select(tokenizer.TokenText)), "$1");

    [GeneratedRegex(@"([,.:;?_!""()']|--|\s)")]
    private static partial Regex Cuts();

    [GeneratedRegex(@"\s+([,.:;?!""()'])")]
    private static partial Regex BeforePunctuation();
}
