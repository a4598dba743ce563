namespace Heed.Training.Data.Texts;

/// <summary>Makes batches of windows of a text: what a task asks about them.</summary>
/// <typeparam name="TBatch">The kind of batch.</typeparam>
internal abstract class WindowBatcher<TBatch>
{
    /// <summary>How many tokens of the next window a window sees beside its own.</summary>
    public abstract int Overlap { get; }

    /// <summary>Makes a batch.</summary>
    /// <param name="windows">The windows; each has one token more at least than <see cref="Overlap"/>.</param>
    /// <param name="epoch">The pass over the text; with a window's start it decides all that is random.</param>
    public abstract TBatch Batch(IReadOnlyList<TokenStretch> windows, int epoch);
}
