using Heed.Tensors;

namespace Heed.Nn.Positions;

/// <summary>Positions as rotations: queries and keys are turned by angles that grow with their position, so that scores depend on distance alone.</summary>
/// <param name="Theta">The base of the wavelengths.</param>
/// <param name="Scaling">How wavelengths are stretched for longer sequences than the model was first trained for, or null.</param>
/// <remarks>
/// The pair (a, b) at position p becomes (a cos t - b sin t, a sin t + b cos t), t = p * theta^(-2i / headDim). Su et al. 2021, section 3.4.2;
/// element i of a head's first half is paired with element i of its second, as in GPT-NeoX and LLaMA. There is nothing to learn and no limit.
/// </remarks>
public sealed record RotaryPositions(float Theta = 10000f, RotaryScaling? Scaling = null)
{
    /// <summary>Turns the heads of each row.</summary>
    /// <param name="x">Queries or keys, [rows, heads * headDim].</param>
    /// <param name="positions">The position of each row in its sequence.</param>
    /// <param name="headDim">The width of a head; even.</param>
    /// <returns>The shape of <paramref name="x"/>.</returns>
    public Tensor Rotate(Tensor x, ReadOnlyMemory<int> positions, int headDim) => Ops.RotaryPositions(x, positions, Frequencies(headDim));

    /// <summary>How fast each pair of a head's elements turns.</summary>
    /// <param name="headDim">The width of a head; even.</param>
    public RotaryFrequencies Frequencies(int headDim)
    {
        RotaryFrequencies unscaled = RotaryFrequencies.Geometric(headDim, Theta);
        return Scaling?.Scale(unscaled) ?? unscaled;
    }
}
