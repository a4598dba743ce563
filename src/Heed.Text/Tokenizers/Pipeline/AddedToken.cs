namespace Heed.Text.Tokenizers.Pipeline;

/// <summary>A token that is found in the text before anything else is done to it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Content">Its name, which is also what is looked for.</param>
internal sealed record AddedToken(int Id, string Content)
{
    /// <summary>Whether it marks structure: found only where asked for, and left out in decoding.</summary>
    public bool IsSpecial { get; init; }

    /// <summary>Whether it takes the white space to its left with it.</summary>
    public bool StripsLeft { get; init; }

    /// <summary>Whether it takes the white space to its right with it.</summary>
    public bool StripsRight { get; init; }

    /// <summary>Whether it is found only where no letter or digit touches it.</summary>
    public bool IsSingleWord { get; init; }

    /// <summary>Whether it is looked for in the normalised text, rather than in the text as given.</summary>
    public bool IsNormalized { get; init; }
}
