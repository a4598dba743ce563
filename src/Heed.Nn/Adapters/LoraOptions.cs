namespace Heed.Nn.Adapters;

/// <summary>The sizes of a low-rank adapter.</summary>
/// <param name="Rank">r, the width in the middle.</param>
/// <param name="Alpha">What the adapter's output is multiplied by, times the rank: its weight is alpha / r.</param>
/// <param name="Dropout">The share of the adapter's input to drop in training.</param>
/// <remarks>
/// With alpha / r, the learning rate need not change with the rank (Hu et al. 2021, section 4.1). A constant alpha of 16 with the rank 8
/// doubles what the adapter says.
/// </remarks>
public sealed record LoraOptions(int Rank = 8, float Alpha = 16f, float Dropout = 0f)
{
    /// <summary>Whether the weight is alpha / sqrt(r) instead (Kalajdzievski 2023), which keeps large ranks from falling silent.</summary>
    public bool RankStabilized { get; init; }

    /// <summary>What B A x is multiplied by.</summary>
    public float Scale => RankStabilized ? Alpha / MathF.Sqrt(Rank) : Alpha / Rank;
}
