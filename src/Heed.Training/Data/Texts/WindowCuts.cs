namespace Heed.Training.Data.Texts;

/// <summary>Where the windows of a pass begin: the first is shorter in most passes, so that the same text is cut elsewhere each time.</summary>
/// <param name="First">The tokens of the first window, from 1 to <paramref name="Length"/>.</param>
/// <param name="Length">The tokens of all others; the last has what is left.</param>
/// <param name="Overlap">How many tokens of the next window a window sees beside its own: 1 where each token foretells the next one.</param>
internal readonly record struct WindowCuts(int First, int Length, int Overlap)
{
    /// <summary>The number of windows of a stretch.</summary>
    public int Count(TokenStretch stretch)
    {
        long own = stretch.Ids.Length - Overlap;
        long first = FirstOf(stretch);
        return own <= 0 ? 0 : own <= first ? 1 : (int)(1 + ((own - first + Length - 1) / Length));
    }

    /// <summary>A window of a stretch.</summary>
    public TokenStretch Window(TokenStretch stretch, int window)
    {
        int own = stretch.Ids.Length - Overlap;
        int start = window == 0 ? 0 : (int)(FirstOf(stretch) + ((window - 1L) * Length));
        int end = (int)Math.Min(own, FirstOf(stretch) + ((long)window * Length));
        return new TokenStretch(stretch.Start + start, stretch.Ids[start..(end + Overlap)]);
    }

    private int FirstOf(TokenStretch stretch) => stretch.Start == 0 ? First : Length;
}
