namespace Heed.Text.Tokenizers;

/// <summary>What the files of a tokenizer do not say themselves.</summary>
public sealed record TokenizerLoadOptions
{
    /// <summary>The splitting pattern of a <c>.tiktoken</c> file: gpt2, cl100k, o200k, llama3, qwen2 or tekken. Null takes it from the name of the file.</summary>
    public string? Pattern { get; init; }

    /// <summary>
    /// Whether a <c>vocab.txt</c> is for lower-cased text without accents. Null takes it from <c>tokenizer_config.json</c>, else
    /// from the vocabulary: one without a capital letter is.
    /// </summary>
    public bool? Lowercase { get; init; }

    /// <summary>The rules around a SentencePiece model. Null takes them from <c>tokenizer_config.json</c>, else the model is used plainly.</summary>
    public SentencePieceFamily? Family { get; init; }

    /// <summary>Of Marian's two models, whether to read the one for the target language. What is decoded is always target text.</summary>
    public bool IsTarget { get; init; }

    /// <summary>Whether a GPT-2 or RoBERTa tokenizer puts a space in front of a text. Null takes it from <c>tokenizer_config.json</c>, else none.</summary>
    public bool? AddPrefixSpace { get; init; }
}
