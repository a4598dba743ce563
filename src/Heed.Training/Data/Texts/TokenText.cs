namespace Heed.Training.Data.Texts;

/// <summary>A text as one long row of token ids, in memory or read anew each time.</summary>
internal abstract class TokenText
{
    /// <summary>The number of tokens.</summary>
    public abstract long Count { get; }

    /// <summary>A number that changes when a token does.</summary>
    public abstract ulong Fingerprint { get; }

    /// <summary>The row in stretches of whole windows, from the start each time.</summary>
    /// <param name="cuts">Where windows begin. Each stretch ends with the tokens that its last window shares with the next.</param>
    public abstract IEnumerable<TokenStretch> Stretches(WindowCuts cuts);
}

/// <summary>A stretch of a long row of tokens.</summary>
/// <param name="Start">Where it begins in the row.</param>
/// <param name="Ids">Its tokens.</param>
internal readonly record struct TokenStretch(long Start, ReadOnlyMemory<int> Ids);
