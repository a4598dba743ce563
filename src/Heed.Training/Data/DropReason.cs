namespace Heed.Training.Data;

/// <summary>Why a sentence pair is left out of training.</summary>
public enum DropReason
{
    /// <summary>The source or the target has no tokens.</summary>
    Empty,

    /// <summary>The source or the target has more tokens than allowed.</summary>
    TooLong,

    /// <summary>One side has many times more tokens than the other, so it is probably not its translation.</summary>
    LengthRatio,
}
