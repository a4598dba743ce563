using Heed.Tensors;
using Heed.Tensors.Random;

namespace Heed.Nn;

/// <summary>Dropout where a source of it may be missing, which means inference.</summary>
public static class DropoutExtensions
{
    /// <summary>Drops elements of x; returns x itself without a source or with probability 0.</summary>
    /// <param name="dropout">The source, or null.</param>
    /// <param name="x">The tensor.</param>
    /// <param name="probability">The share of elements to drop, in [0, 1).</param>
    public static Tensor Drop(this DropoutSource? dropout, Tensor x, float probability) =>
        dropout is null || probability == 0 ? x
        : dropout.Generator is { } generator ? Ops.Multiply(x, generator.DropoutMask(x.Shape, probability))
        : Ops.Dropout(x, probability, dropout.NextKey());

    /// <summary>residual + dropout(x).</summary>
    /// <param name="dropout">The source, or null.</param>
    /// <param name="residual">What x is added to.</param>
    /// <param name="x">The tensor to drop from.</param>
    /// <param name="probability">The share of elements to drop, in [0, 1).</param>
    public static Tensor AddDropped(this DropoutSource? dropout, Tensor residual, Tensor x, float probability) =>
        dropout is { Generator: null } && probability > 0
            ? Ops.AddDropout(residual, x, probability, dropout.NextKey())
            : Ops.Add(residual, dropout.Drop(x, probability));
}
