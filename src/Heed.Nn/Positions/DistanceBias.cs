using Heed.Nn.Attention;
using Heed.Tensors;

namespace Heed.Nn.Positions;

/// <summary>Positions as a term of the scores: what is added depends on the head and on how far the key lies from the query.</summary>
/// <remarks>A model computes it once in a forward pass and hands it to all its layers with the <see cref="AttentionPattern"/>.</remarks>
public abstract class DistanceBias : Module
{
    /// <summary>The bias of every distance that occurs in sequences of a length.</summary>
    /// <param name="maxLength">The length of the longest sequence.</param>
    /// <returns>[numHeads, 2 * maxLength - 1]; column d belongs to <c>key position - query position = d - (maxLength - 1)</c>.</returns>
    public abstract Tensor Forward(int maxLength);

    /// <summary>A pattern whose scores get this bias.</summary>
    /// <param name="pattern">Who sees whom.</param>
    public AttentionPattern AddTo(AttentionPattern pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        return pattern with { DistanceBias = Forward(Math.Max(1, Math.Max(pattern.Queries.MaxLength, pattern.Keys.MaxLength))) };
    }
}
