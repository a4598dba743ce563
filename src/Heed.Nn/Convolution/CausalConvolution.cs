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
    private readonly int inputSize;
    private readonly ConvolutionKernel kernel;

    /// <summary>Creates a layer.</summary>
    /// <param name="inputSize">The width of a token.</param>
    /// <param name="outputSize">The width of an output.</param>
    /// <param name="kernelSize">How many tokens an output sees.</param>
    /// <param name="random">Draws the weight, Xavier-uniform; null leaves it zero, to be loaded.</param>
    /// <param name="initialization">How the weight begins, and whether it is normalised; null draws it as a linear layer's.</param>
    public CausalConvolution(int inputSize, int outputSize, int kernelSize, RandomSource? random, ConvolutionInitialization? initialization = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(kernelSize, 1);
        this.inputSize = inputSize;
        KernelSize = kernelSize;
        kernel = Child(string.Empty, new ConvolutionKernel(kernelSize * inputSize, outputSize, random, initialization ?? new ConvolutionInitialization(1f)));
        if (random is PyTorchRandom)
        {
            OrderByTime(Weight.MutableValues());
        }
    }

    /// <summary>How many tokens an output sees.</summary>
    public int KernelSize { get; }

    /// <summary>W, or the direction of its rows where it is normalised, [outputSize, kernelSize * inputSize]; the columns of the oldest token come first.</summary>
    public Tensor Weight => kernel.Weight;

    /// <summary>Convolves a packed batch.</summary>
    /// <param name="x">[tokens, inputSize].</param>
    /// <param name="segments">The sequences; none sees another.</param>
    /// <returns>[tokens, outputSize].</returns>
    public Tensor Forward(Tensor x, Segments segments)
    {
        ArgumentNullException.ThrowIfNull(segments);
        return kernel.Forward(ConvolutionWindows.Gather(x, segments, before: KernelSize - 1, after: 0));
    }

    /// <summary>What stands before the first token: zeros.</summary>
    /// <param name="sequences">How many sequences.</param>
    /// <returns>[sequences, (kernelSize - 1) * inputSize].</returns>
    public Tensor InitialPast(int sequences) => Tensor.Zeros(new Shape(sequences, (KernelSize - 1) * inputSize));

    /// <summary>Convolves one more token of each sequence: a decoder's step.</summary>
    /// <param name="x">[sequences, inputSize].</param>
    /// <param name="past">The inputs before it, [sequences, (kernelSize - 1) * inputSize].</param>
    /// <returns>The output, [sequences, outputSize], and the past of the next token.</returns>
    public (Tensor Output, Tensor Past) Step(Tensor x, Tensor past)
    {
        Tensor window = KernelSize == 1 ? x : Ops.Concat(1, past, x); // [sequences, kernelSize * inputSize]
        return (kernel.Forward(window), Ops.Slice(window, 1, inputSize, window.Columns - inputSize));
    }

    // torch.nn.Conv1d draws [outputSize, inputSize, kernelSize], with the tokens of one input side by side.
    private void OrderByTime(Span<float> drawn)
    {
        var row = new float[KernelSize * inputSize];
        for (int start = 0; start < drawn.Length; start += row.Length)
        {
            drawn.Slice(start, row.Length).CopyTo(row);
            for (int i = 0; i < row.Length; i++)
            {
                drawn[start + i] = row[(i % inputSize * KernelSize) + (i / inputSize)];
            }
        }
    }
}
