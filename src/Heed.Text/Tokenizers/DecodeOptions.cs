namespace Heed.Text.Tokenizers;

/// <summary>How ids become text.</summary>
public readonly record struct DecodeOptions
{
    /// <summary>Whether special tokens are written by their names; otherwise they are left out.</summary>
    public bool KeepSpecialTokens { get; init; }

    /// <summary>Whether spaces before punctuation are taken out ("Hello , world" becomes "Hello, world"); null follows the tokenizer's file.</summary>
    public bool? CleanUpSpaces { get; init; }
}
