namespace Heed.Text.Tokenizers;

/// <summary>How text becomes ids.</summary>
public readonly record struct EncodeOptions
{
    /// <summary>Whether the tokens that the tokenizer's file puts around a text (<c>[CLS]</c>, <c>&lt;s&gt;</c>, <c>&lt;/s&gt;</c>) are added. Tokenizers trained here add none.</summary>
    public bool AddSpecialTokens { get; init; }

    /// <summary>
    /// Whether the name of a special token in the text means that token. Leave it off for text that a user may have
    /// typed; turn it on for a prompt that a chat template wrote.
    /// </summary>
    public bool ParseSpecialTokens { get; init; }

    /// <summary>
    /// A character that is left out, but keeps a name that it stands in from being a token's: so the parts of a prompt that a user typed stay text.
    /// Null is none.
    /// </summary>
    public char? PlainMark { get; init; }
}
