using Heed.Tensors;

namespace Heed.Nn.Positions;

/// <summary>Vectors that tell a model where in its sequence a token stands; they are added to the token's embedding.</summary>
public abstract class PositionEncoding : Module
{
    /// <summary>The number of positions that have a vector, or null when there is no limit.</summary>
    public abstract int? MaxLength { get; }

    /// <summary>Looks positions up.</summary>
    /// <param name="positions">The position of each row within its own sequence, from 0.</param>
    /// <returns>[positions, dModel].</returns>
    public abstract Tensor Forward(ReadOnlyMemory<int> positions);
}
