using Heed.Text.Tokenizers.Pipeline;
using Heed.Text.Tokenizers.PreTokenizers;

namespace Heed.Text.Tokenizers.Files;

/// <summary>The special tokens that belong to published tiktoken files, which do not list them.</summary>
/// <remarks>The names and ids are those of the module <c>openai_public</c> of tiktoken, and of Meta's LLaMA 3 code (256 tokens behind the vocabulary).</remarks>
internal static class TiktokenSpecialTokens
{
    private const int LlamaCount = 256;

    private static readonly string[] LlamaNames =
    [
        "<|begin_of_text|>", "<|end_of_text|>", "<|reserved_special_token_0|>", "<|reserved_special_token_1|>", "<|reserved_special_token_2|>",
        "<|reserved_special_token_3|>", "<|start_header_id|>", "<|end_header_id|>", "<|reserved_special_token_4|>", "<|eot_id|>",
    ];

    public static AddedToken[] Of(string path, SplitPattern pattern, int vocabularySize)
    {
        (int Id, string Name)[] tokens = (pattern.Name, Path.GetFileNameWithoutExtension(path)) switch
        {
            ("gpt2", _) => [(50256, "<|endoftext|>")],
            ("cl100k", _) => [(100257, "<|endoftext|>"), (100258, "<|fim_prefix|>"), (100259, "<|fim_middle|>"), (100260, "<|fim_suffix|>"), (100276, "<|endofprompt|>")],
            ("o200k", _) => [(199999, "<|endoftext|>"), (200018, "<|endofprompt|>")],
            ("llama3", "tokenizer") => [.. Enumerable.Range(0, LlamaCount).Select(i => (vocabularySize + i, i < LlamaNames.Length ? LlamaNames[i] : $"<|reserved_special_token_{i - 5}|>"))],
            _ => [],
        };

        // A vocabulary of another size than the published one has other ids in these places.
        return [.. tokens.Where(token => token.Id >= vocabularySize - 1 - LlamaCount && vocabularySize > 50_000).Select(token => new AddedToken(token.Id, token.Name) { IsSpecial = true })];
    }
}
