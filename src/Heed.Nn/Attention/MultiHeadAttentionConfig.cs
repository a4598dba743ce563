using Heed.Nn.Positions;

namespace Heed.Nn.Attention;

/// <summary>The sizes and choices of a <see cref="MultiHeadAttention"/>.</summary>
public sealed record MultiHeadAttentionConfig
{
    /// <summary>The width of the output, and of what else has no width of its own.</summary>
    public required int DModel { get; init; }

    /// <summary>The number of query heads.</summary>
    public required int NumHeads { get; init; }

    /// <summary>The number of key and value heads, which query heads share in equal groups; null is one for each query head.</summary>
    public int? NumKeyHeads { get; init; }

    /// <summary>The width of a head; null is dModel / numHeads.</summary>
    public int? HeadDim { get; init; }

    /// <summary>The width of what asks; null is dModel.</summary>
    public int? InputSize { get; init; }

    /// <summary>The width of what is attended to; null is that of what asks.</summary>
    public int? MemorySize { get; init; }

    /// <summary>Whether the projections of queries, keys and values have biases.</summary>
    public bool InputBias { get; init; } = true;

    /// <summary>Whether the output projection has a bias.</summary>
    public bool OutputBias { get; init; } = true;

    /// <summary>The share of attention weights to drop in training.</summary>
    public float Dropout { get; init; }

    /// <summary>Rotates queries and keys by their positions; null leaves them.</summary>
    public RotaryPositions? Rotary { get; init; }

    /// <summary>Checks that the sizes fit together.</summary>
    /// <exception cref="ArgumentException">They do not.</exception>
    public void Validate()
    {
        if (NumHeads < 1 || (HeadDim is null && DModel % NumHeads != 0))
        {
            throw new ArgumentException(FormattableString.Invariant($"dModel {DModel} is not divisible by numHeads {NumHeads} ({DModel} / {NumHeads} = {(double)DModel / NumHeads:0.0})"));
        }

        if (NumKeyHeads is { } keyHeads && (keyHeads < 1 || NumHeads % keyHeads != 0))
        {
            throw new ArgumentException($"numHeads {NumHeads} is not divisible by numKeyHeads {keyHeads}: every key head serves equally many query heads");
        }

        int headDim = HeadDim ?? (DModel / NumHeads);
        if (Rotary is not null && headDim % 2 != 0)
        {
            throw new ArgumentException($"rotary positions turn pairs of elements, and headDim {headDim} is odd");
        }
    }
}
