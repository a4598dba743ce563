namespace Heed.Text.Tokenizers.PreTokenizers;

/// <summary>What becomes of a delimiter. The names are those in <c>tokenizer.json</c>.</summary>
internal enum DelimiterBehavior
{
    /// <summary>It is dropped.</summary>
    Removed,

    /// <summary>It is a word of its own.</summary>
    Isolated,

    /// <summary>It ends the word before it.</summary>
    MergedWithPrevious,

    /// <summary>It begins the word after it.</summary>
    MergedWithNext,

    /// <summary>A run of delimiters is a word of its own.</summary>
    Contiguous,
}
