using Heed.Tensors;
using Heed.Tensors.Random;

namespace Heed.Nn;

/// <summary>The part of a Transformer layer that works on each row alone.</summary>
public abstract class FeedForwardNetwork : Module
{
    /// <summary>Applies the network to each row.</summary>
    /// <param name="x">[rows, dModel].</param>
    /// <param name="dropout">Dropout's random streams; null for inference.</param>
    /// <returns>[rows, dModel].</returns>
    public abstract Tensor Forward(Tensor x, DropoutSource? dropout = null);
}
