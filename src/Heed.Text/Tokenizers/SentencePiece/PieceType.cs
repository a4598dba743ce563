namespace Heed.Text.Tokenizers.SentencePiece;

/// <summary>What a piece is for; the numbers are those in the file.</summary>
internal enum PieceType
{
    /// <summary>Text.</summary>
    Normal = 1,

    /// <summary>Text that no piece covers.</summary>
    Unknown = 2,

    /// <summary>Structure, never found in text.</summary>
    Control = 3,

    /// <summary>Text that is always a piece of its own.</summary>
    UserDefined = 4,

    /// <summary>A piece that is not to be used.</summary>
    Unused = 5,

    /// <summary>A single byte.</summary>
    Byte = 6,
}
