using Heed.Tensors;
using Heed.Tensors.Random;

namespace Heed.Nn.Convolution;

/// <summary>A convolution over time in which a token sees itself and the tokens before it.</summary>
/// <remarks>
/// y_t = W [x_(t-k+1); ...; x_t] + b, with zeros before the start of a sequence. Followed by
/// <see cref="Ops.GatedLinearUnit"/> it is the block of Dauphin et al. 2017, section 2, and Gehring et al. 2017, section 3.2.
/// </remarks>
public sealed class CausalConvolution : Module
{
    private readonly int kernelSize;
    private readonly Linear kernel;

    /// <summary>Creates a layer.</summary>
    /// <param name="inputSize">The width of a token.</param>
    /// <param name="outputSize">The width of an output.</param>
    /// <param name="kernelSize">How many tokens an output sees.</param>
    /// <param name="random">Draws the weight, Xavier-uniform; null leaves it zero, to be loaded.</param>
    public CausalConvolution(int inputSize, int outputSize, int kernelSize, RandomSource? random)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(kernelSize, 1);
        this.kernelSize = kernelSize;
        kernel = Child(string.Empty, new Linear(kernelSize * inputSize, outputSize, random));
        if (random is PyTorchRandom)
        {
            OrderByTime(Weight.MutableValues(), inputSize);
        }
    }

    /// <summary>W, [outputSize, kernelSize * inputSize]; the columns of the oldest token come first.</summary>
    public Tensor Weight => kernel.Weight;

    /// <summary>Convolves a packed batch.</summary>
    /// <param name="x">[tokens, inputSize].</param>
    /// <param name="segments">The sequences; none sees another.</param>
    /// <returns>[tokens, outputSize].</returns>
    public Tensor Forward(Tensor x, Segments segments)
    {
        ArgumentNullException.ThrowIfNull(segments);
        Tensor padded = Ops.Concat(0, x, Tensor.Zeros(new Shape(1, x.Columns))); // its last row stands for what is before a sequence
        Tensor windows = Ops.Embedding(padded, WindowRows(segments, x.Rows));
        return kernel.Forward(Ops.Reshape(windows, new Shape(x.Rows, kernelSize * x.Columns)));
    }

    // torch.nn.Conv1d draws [outputSize, inputSize, kernelSize], with the tokens of one input side by side.
    private void OrderByTime(Span<float> drawn, int inputSize)
    {
        var row = new float[kernelSize * inputSize];
        for (int start = 0; start < drawn.Length; start += row.Length)
        {
            drawn.Slice(start, row.Length).CopyTo(row);
            for (int i = 0; i < row.Length; i++)
            {
                drawn[start + i] = row[(i % inputSize * kernelSize) + (i / inputSize)];
            }
        }
    }

    private int[] WindowRows(Segments segments, int zeroRow)
    {
        var rows = new int[zeroRow * kernelSize];
        Array.Fill(rows, zeroRow);
        for (int i = 0; i < segments.Count; i++)
        {
            int start = segments.Starts[i];
            for (int row = start; row < start + segments.Lengths[i]; row++)
            {
                for (int back = 0; back < kernelSize && row - back >= start; back++)
                {
                    rows[(row * kernelSize) + kernelSize - 1 - back] = row - back;
                }
            }
        }

        return rows;
    }
}
