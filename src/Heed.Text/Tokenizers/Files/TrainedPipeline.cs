using System.Text.Json;

namespace Heed.Text.Tokenizers.Files;

/// <summary>
/// The parts of <c>tokenizer.json</c> around the model. They tell other readers of the format what this library does
/// anyway, so reading only checks that they say just that.
/// </summary>
/// <remarks>
/// The space in front and the marks for spaces are written as the normalizers Prepend and Replace, since the Metaspace
/// pre-tokenizer of that format adds no space before a text that begins with one and so loses it. Two things remain that
/// other readers do differently: a U+2581 typed in the text is a space to them, and names of special tokens typed in the
/// text are special.
/// </remarks>
internal static class TrainedPipeline
{
    private const string WordsNormalizer =
        """{"type":"Prepend","prepend":"▁"},{"type":"Replace","pattern":{"String":" "},"content":"▁"}""";

    private const string CharactersNormalizer = """{"type":"Replace","pattern":{"String":" "},"content":"▁"}""";

    private const string WordsDecoder =
        """{"type":"Replace","pattern":{"String":"▁"},"content":" "},{"type":"ByteFallback"},{"type":"Fuse"},{"type":"Strip","content":" ","start":1,"stop":0}""";

    private const string CharactersDecoder =
        """{"type":"Replace","pattern":{"String":"▁"},"content":" "},{"type":"ByteFallback"},{"type":"Fuse"}""";

    public static string AddedTokens { get; } = "[" + string.Join(',', SpecialTokens.Names.Select((name, id) =>
        $$"""{"id":{{id}},"content":"{{name}}","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true}""")) + "]";

    public static string Normalizer(string kind, bool lowercase)
    {
        string first = lowercase ? """{"type":"Lowercase"},""" : "";
        string rest = kind == TokenizerKind.Characters ? CharactersNormalizer : WordsNormalizer;
        return $$"""{"type":"Sequence","normalizers":[{{first}}{{rest}}]}""";
    }

    public static string PreTokenizer(string kind)
    {
        JsonEncodedText pattern = JsonEncodedText.Encode(kind == TokenizerKind.Characters ? @"[\s\S]" : WordSplitter.Pattern);
        return $$"""{"type":"Split","pattern":{"Regex":"{{pattern}}"},"behavior":"Isolated","invert":false}""";
    }

    public static string Decoder(string kind) =>
        $$"""{"type":"Sequence","decoders":[{{(kind == TokenizerKind.Characters ? CharactersDecoder : WordsDecoder)}}]}""";

    /// <summary>Whether a file was written here, judged by the rule that splits words: no other library has it.</summary>
    public static bool IsIn(JsonPlace root) => root.Get("model").Kind == JsonValueKind.Object
        && root.Find("pre_tokenizer") is { } found && (found.Matches(PreTokenizer(TokenizerKind.Characters)) || found.Matches(PreTokenizer(TokenizerKind.Words)));

    /// <summary>Checks everything but the model.</summary>
    /// <returns>Whether the text is lower-cased.</returns>
    public static bool Check(JsonPlace root, string kind)
    {
        root.RequireSettings($$"""
            {
              "version": "1.0", "truncation": null, "padding": null, "post_processor": null,
              "added_tokens": {{AddedTokens}},
              "pre_tokenizer": {{PreTokenizer(kind)}},
              "decoder": {{Decoder(kind)}}
            }
            """);
        JsonPlace normalizer = root.Get("normalizer");
        bool lowercase = normalizer.Matches(Normalizer(kind, lowercase: true));
        return lowercase || normalizer.Matches(Normalizer(kind, lowercase: false))
            ? lowercase
            : throw normalizer.Error($"only {Normalizer(kind, lowercase: false)} is supported here, also with Lowercase in front");
    }
}
