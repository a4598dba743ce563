using Heed.Tensors;
using Heed.Tensors.Random;

namespace Heed.Nn;

/// <summary>Initial values of parameters.</summary>
/// <remarks>
/// Without a generator the values are zero: for parameters that are about to be loaded. <see cref="PyTorchRandom"/> brings the
/// conventions of <c>torch.nn</c> with its numbers, since whoever asks for it wants the values that PyTorch's layers begin with.
/// </remarks>
public static class Initialization
{
    /// <summary>A linear layer's weight [outputSize, inputSize]: Xavier-uniform, or as <c>torch.nn.Linear</c> draws it.</summary>
    /// <param name="outputSize">The number of rows.</param>
    /// <param name="inputSize">The number of columns.</param>
    /// <param name="random">The generator, or null for zeros.</param>
    /// <param name="gain">A factor on the bound of Xavier's distribution.</param>
    public static Tensor LinearWeight(int outputSize, int inputSize, RandomSource? random, float gain = 1f) => random is PyTorchRandom
        ? KaimingUniform(new Shape(outputSize, inputSize), inputSize, random)
        : XavierUniform(outputSize, inputSize, random, gain);

    /// <summary>A linear layer's bias [outputSize]: zero, or as <c>torch.nn.Linear</c> draws it, uniform in plus or minus 1 / sqrt(inputSize).</summary>
    /// <param name="outputSize">The number of elements.</param>
    /// <param name="inputSize">The width of the layer's input.</param>
    /// <param name="random">The generator, or null for zeros.</param>
    public static Tensor LinearBias(int outputSize, int inputSize, RandomSource? random) =>
        Uniform(new Shape(outputSize), 1 / Math.Sqrt(inputSize), random as PyTorchRandom);

    /// <summary>A table of vectors [rows, dModel]: normal with variance 1 / dModel, or as <c>torch.nn.Embedding</c> draws it with variance 1.</summary>
    /// <param name="rows">The number of vectors.</param>
    /// <param name="dModel">The width of a vector.</param>
    /// <param name="random">The generator, or null for zeros.</param>
    public static Tensor EmbeddingTable(int rows, int dModel, RandomSource? random) =>
        Normal(new Shape(rows, dModel), random is PyTorchRandom ? 1 : 1 / Math.Sqrt(dModel), random);

    /// <summary>A weight [outputSize, inputSize] uniform in plus or minus gain * sqrt(6 / (inputSize + outputSize)).</summary>
    /// <param name="outputSize">The number of rows.</param>
    /// <param name="inputSize">The number of columns.</param>
    /// <param name="random">The generator, or null for zeros.</param>
    /// <param name="gain">A factor on the bound.</param>
    /// <remarks>Glorot and Bengio 2010, equation 16.</remarks>
    public static Tensor XavierUniform(int outputSize, int inputSize, RandomSource? random, float gain = 1f) =>
        Uniform(new Shape(outputSize, inputSize), gain * Math.Sqrt(6.0 / ((double)inputSize + outputSize)), random);

    /// <summary>A weight uniform in plus or minus 1 / sqrt(fanIn), as PyTorch computes that bound.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="fanIn">How many inputs an output sums up.</param>
    /// <param name="random">The generator, or null for zeros.</param>
    /// <remarks>He et al. 2015, section 2.2, with the slope sqrt(5) of a leaky rectifier that PyTorch's layers take.</remarks>
    public static Tensor KaimingUniform(Shape shape, int fanIn, RandomSource? random)
    {
        double slope = Math.Sqrt(5);
        double deviation = Math.Sqrt(2 / (1 + (slope * slope))) / Math.Sqrt(fanIn);
        return Uniform(shape, Math.Sqrt(3) * deviation, random);
    }

    /// <summary>Values uniform in plus or minus a bound.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="bound">The largest value.</param>
    /// <param name="random">The generator, or null for zeros.</param>
    public static Tensor Uniform(Shape shape, double bound, RandomSource? random) =>
        random?.Uniform(shape, -bound, bound) ?? Tensor.Zeros(shape);

    /// <summary>Values from a normal distribution around zero.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="deviation">The standard deviation.</param>
    /// <param name="random">The generator, or null for zeros.</param>
    public static Tensor Normal(Shape shape, double deviation, RandomSource? random) =>
        random?.Normal(shape, 0, deviation) ?? Tensor.Zeros(shape);
}
