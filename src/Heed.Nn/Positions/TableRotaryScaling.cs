using System.Collections.Immutable;

namespace Heed.Nn.Positions;

/// <summary>Each pair slowed down by a factor of its own, as checkpoints of llama.cpp store them.</summary>
/// <param name="Factors">One for each pair of a head's elements.</param>
public sealed record TableRotaryScaling(ImmutableArray<float> Factors) : RotaryScaling
{
    /// <inheritdoc/>
    protected override double Scale(int pair, double speed) => pair < Factors.Length
        ? speed / Factors[pair]
        : throw new ArgumentException($"there are {Factors.Length} rotary factors, but the head has more pairs", nameof(pair));
}
