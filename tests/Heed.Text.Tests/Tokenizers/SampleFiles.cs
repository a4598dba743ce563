using System.Text;
using Heed.Text.Tokenizers;
using Heed.Text.Tokenizers.Files;

namespace Heed.Text.Tests.Tokenizers;

/// <summary>Tokenizers of other libraries, small enough to write down.</summary>
internal static class SampleFiles
{
    /// <summary>A tiktoken file with the 256 bytes and a few pieces.</summary>
    public static byte[] Tiktoken { get; } = Encoding.UTF8.GetBytes(string.Concat(
        Enumerable.Range(0, 256).Select(value => new[] { (byte)value }).Concat(new[] { "ab", " ab", "th", "the" }.Select(Encoding.UTF8.GetBytes))
            .Select((token, rank) => $"{Convert.ToBase64String(token)} {rank}\n")));

    /// <summary>A word-level <c>tokenizer.json</c> with the words a, b, c and the added tokens given.</summary>
    public static string WordsWith(string addedTokens) => $$"""
        {"added_tokens": [{{addedTokens}}], "pre_tokenizer": {"type": "WhitespaceSplit"},
         "model": {"type": "WordLevel", "unk_token": "?", "vocab": {"?": 0, "a": 1, "b": 2, "c": 3} } }
        """;

    public static Tokenizer Read(string name, byte[] content) => TokenizerFolder.Read(name, content, TokenizerFolder.Empty, new TokenizerLoadOptions());

    public static Tokenizer ReadJson(string json) => Read("tokenizer.json", Encoding.UTF8.GetBytes(json));

    public static string Pieces(Tokenizer tokenizer, string text, EncodeOptions options = default) =>
        string.Join(' ', tokenizer.Encode(text, options).Select(tokenizer.TokenText));
}
