using Heed.Tensors;

namespace Heed.Nn.Attention;

/// <summary>Attention to the neighbourhood only, so that cost and cache grow with the window and not with the text.</summary>
/// <remarks>
/// <para>Query i sees key j where i - window &lt; j &lt;= i (causal: Jiang et al. 2023, Mistral 7B, section 2), or where |i - j| &lt; window
/// (Beltagy et al. 2020, Longformer, section 3.1). Layers stacked k deep still carry news over k * (window - 1) tokens.</para>
/// <para>The kernel skips blocks of keys that no query of a tile sees, so nothing is computed for them.</para>
/// </remarks>
public static class SlidingWindowAttention
{
    /// <summary>A token sees itself and the tokens before it, <paramref name="window"/> in all.</summary>
    /// <param name="segments">The sequences.</param>
    /// <param name="window">How many tokens are seen, the query's own included; at least 1.</param>
    public static AttentionPattern CausalWithin(Segments segments, int window) => AttentionPattern.CausalWithin(segments) with { Window = Checked(window) };

    /// <summary>A token sees those nearer than <paramref name="window"/> on either side.</summary>
    /// <param name="segments">The sequences.</param>
    /// <param name="window">The distance from which on nothing is seen; at least 1.</param>
    public static AttentionPattern Within(Segments segments, int window) => AttentionPattern.Within(segments) with { Window = Checked(window) };

    private static int Checked(int window)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(window, 1);
        return window;
    }
}
