namespace Heed.Text.Tokenizers.Decoders;

/// <summary>What a decoder remembers of the ids before.</summary>
internal struct DecodeState
{
    /// <summary>Ids decoded up to now.</summary>
    public int Tokens;

    /// <summary>Spaces taken off the front up to now.</summary>
    public int Dropped;

    /// <summary>Whether any text was written.</summary>
    public bool HasText;

    /// <summary>Whether the token before lost a mark for a space.</summary>
    public bool MarkDropped;

    /// <summary>Whether the start is over, where marks for spaces are dropped.</summary>
    public bool Begun;

    /// <summary>Spaces that will be written only if more text follows.</summary>
    public int HeldSpaces;

    /// <summary>Whether anything but spaces was written.</summary>
    public bool HasVisibleText;
}
