using Heed.Tensors;
using Heed.Tensors.Random;

namespace Heed.Nn.Convolution;

/// <summary>A convolution over time in which a token sees as many tokens before it as after it: an encoder's.</summary>
/// <remarks>y_t = W [x_(t-h); ...; x_t; ...; x_(t+h)] + b with h = (k - 1) / 2, and zeros outside a sequence. Gehring et al. 2017, section 3.2.</remarks>
public sealed class CenteredConvolution : Module
{
    private readonly int reach;
    private readonly ConvolutionKernel kernel;

    /// <summary>Creates a layer.</summary>
    /// <param name="inputSize">The width of a token.</param>
    /// <param name="outputSize">The width of an output.</param>
    /// <param name="kernelSize">How many tokens an output sees; odd.</param>
    /// <param name="random">Draws the weight, Xavier-uniform; null leaves it zero, to be loaded.</param>
    /// <param name="initialization">How the weight begins, and whether it is normalised; null draws it as a linear layer's.</param>
    /// <exception cref="ArgumentException">The size is even, so that there is no middle.</exception>
    public CenteredConvolution(int inputSize, int outputSize, int kernelSize, RandomSource? random, ConvolutionInitialization? initialization = null)
    {
        if (kernelSize < 1 || kernelSize % 2 == 0)
        {
            throw new ArgumentException($"a kernel of {kernelSize} tokens has no middle; use an odd size", nameof(kernelSize));
        }

        reach = kernelSize / 2;
        kernel = Child(string.Empty, new ConvolutionKernel(kernelSize * inputSize, outputSize, random, initialization ?? new ConvolutionInitialization(1f)));
    }

    /// <summary>Convolves a packed batch.</summary>
    /// <param name="x">[tokens, inputSize].</param>
    /// <param name="segments">The sequences; none sees another.</param>
    /// <returns>[tokens, outputSize].</returns>
    public Tensor Forward(Tensor x, Segments segments)
    {
        ArgumentNullException.ThrowIfNull(segments);
        return kernel.Forward(ConvolutionWindows.Gather(x, segments, reach, reach));
    }
}
