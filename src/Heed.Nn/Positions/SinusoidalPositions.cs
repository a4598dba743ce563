using Heed.Tensors;

namespace Heed.Nn.Positions;

/// <summary>Fixed sines and cosines whose wavelengths grow from 2 pi to 10000 * 2 pi. There is nothing to learn and no limit.</summary>
/// <remarks>
/// P(pos, 2i) = sin(pos / 10000^(2i / dModel)) and P(pos, 2i + 1) = cos(pos / 10000^(2i / dModel)).
/// Vaswani et al. 2017, section 3.5. The table grows when a longer sequence comes.
/// </remarks>
public sealed class SinusoidalPositions : PositionEncoding
{
    private const int SmallestTable = 64;

    private readonly int dModel;
    private readonly bool halves;
    private volatile Tensor table; // replaced as a whole, so threads that share the model read an old or a new one

    /// <summary>Creates the encoding.</summary>
    /// <param name="dModel">The width of a vector.</param>
    /// <param name="halves">Whether all sines come before all cosines, as in Marian, instead of alternating.</param>
    public SinusoidalPositions(int dModel, bool halves = false)
    {
        this.dModel = dModel;
        this.halves = halves;
        table = CreateTable(SmallestTable);
    }

    /// <inheritdoc/>
    public override int? MaxLength => null;

    /// <inheritdoc/>
    public override Tensor Forward(ReadOnlyMemory<int> positions)
    {
        int length = 1 + Largest(positions.Span);
        Tensor current = table;
        if (length > current.Shape[0])
        {
            current = CreateTable(Math.Max(length, 2 * current.Shape[0]));
            table = current;
        }

        return Ops.Embedding(current, positions);
    }

    private static int Largest(ReadOnlySpan<int> positions)
    {
        int largest = 0;
        foreach (int position in positions)
        {
            largest = Math.Max(largest, position);
        }

        return largest;
    }

    private Tensor CreateTable(int length)
    {
        Tensor result = Tensor.Uninitialized(new Shape(length, dModel));
        Span<float> values = result.MutableValues();
        for (int column = 0; column < dModel; column++)
        {
            int sines = (dModel + 1) / 2;
            (int pair, bool isSine) = halves ? (column % sines, column < sines) : (column / 2, column % 2 == 0);
            double frequency = Math.Pow(10000, -2 * pair / (double)dModel);
            for (int position = 0; position < length; position++)
            {
                double angle = position * frequency;
                values[(position * dModel) + column] = (float)(isSine ? Math.Sin(angle) : Math.Cos(angle));
            }
        }

        return result.Keep();
    }
}
