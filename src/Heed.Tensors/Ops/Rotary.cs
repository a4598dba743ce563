using Heed.Tensors.Autograd;

namespace Heed.Tensors;

/// <content>Rotary positions.</content>
public static partial class Ops
{
    /// <summary>Rotates each head's elements by angles that grow with the row's position.</summary>
    /// <param name="x">[rows, numHeads * headDim].</param>
    /// <param name="positions">The position of each row.</param>
    /// <param name="headDim">The width of one head; even.</param>
    /// <param name="theta">The base of the wavelengths.</param>
    /// <remarks>
    /// Element i of the first half of a head is paired with element i of the second half and rotated by
    /// position * theta^(-2i / headDim). Su et al. 2021, section 3.4.2, with the halves of GPT-NeoX and LLaMA instead of
    /// neighbouring pairs.
    /// </remarks>
    public static Tensor RotaryPositions(Tensor x, ReadOnlyMemory<int> positions, int headDim, float theta = 10000f) =>
        RotaryPositions(x, positions, RotaryFrequencies.Geometric(headDim, theta));

    /// <summary>Rotates each head's elements by angles that grow with the row's position, each pair at a speed of its own.</summary>
    /// <param name="x">[rows, numHeads * headDim].</param>
    /// <param name="positions">The position of each row.</param>
    /// <param name="frequencies">The speeds, and with them the width of a head.</param>
    /// <remarks>The overload with a base says which elements make a pair.</remarks>
    public static Tensor RotaryPositions(Tensor x, ReadOnlyMemory<int> positions, RotaryFrequencies frequencies)
    {
        ArgumentNullException.ThrowIfNull(frequencies);
        if (x.Columns % frequencies.HeadDim != 0)
        {
            throw new ShapeException($"RotaryPositions: the last axis of {x.Shape} must be a multiple of headDim {frequencies.HeadDim}");
        }

        if (positions.Length != x.Rows)
        {
            throw new ShapeException($"RotaryPositions: {positions.Length} positions for {x.Rows} rows");
        }

        Tensor y = Tensor.Like(x);
        x.Device.Rotate(x, positions, frequencies, inverse: false, y);
        if (Tape.Records(x))
        {
            Tape.Record(y, (x, positions, frequencies), static (saved, dy) =>
            {
                (Tensor x, ReadOnlyMemory<int> positions, RotaryFrequencies frequencies) = saved;
                Tensor dx = Tensor.GradientLike(x);
                x.Device.Rotate(dy, positions, frequencies, inverse: true, dx);
                x.AddGradient(dx);
            });
        }

        return y;
    }
}
