namespace Heed.Models.Prompts;

/// <summary>A piece of a conversation as a model reads it.</summary>
/// <param name="Kind">What the piece is.</param>
/// <param name="Text">The text, or the name of a special token.</param>
public readonly record struct PromptPart(PromptPartKind Kind, string Text)
{
    internal static PromptPart Plain(string text) => new(PromptPartKind.Text, text);

    internal static PromptPart Marker(string name) => new(PromptPartKind.Marker, name);

    internal static PromptPart Answer(string text) => new(PromptPartKind.Answer, text);

    internal static PromptPart End(string? name = null) => new(PromptPartKind.End, name ?? string.Empty);
}

/// <summary>What a piece of a conversation is to the model that reads it.</summary>
public enum PromptPartKind
{
    /// <summary>Text to be read. Names of special tokens in it are ordinary text.</summary>
    Text,

    /// <summary>A special token to be read; ordinary text where the tokenizer does not have it.</summary>
    Marker,

    /// <summary>Text to be learned.</summary>
    Answer,

    /// <summary>The token that ends an answer, to be learned too: the one that is named, where the tokenizer has it, or else the tokenizer's own end.</summary>
    End,
}
