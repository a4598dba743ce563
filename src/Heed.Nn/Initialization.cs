using Heed.Tensors;
using Heed.Tensors.Random;

namespace Heed.Nn;

/// <summary>Initial values of parameters.</summary>
/// <remarks>Without a generator the values are zero: for parameters that are about to be loaded.</remarks>
public static class Initialization
{
    /// <summary>A weight [outputSize, inputSize] uniform in plus or minus gain * sqrt(6 / (inputSize + outputSize)).</summary>
    /// <param name="outputSize">The number of rows.</param>
    /// <param name="inputSize">The number of columns.</param>
    /// <param name="random">The generator, or null for zeros.</param>
    /// <param name="gain">A factor on the bound.</param>
    /// <remarks>Glorot and Bengio 2010, equation 16.</remarks>
    public static Tensor XavierUniform(int outputSize, int inputSize, SeededRandom? random, float gain = 1f) =>
        Uniform(new Shape(outputSize, inputSize), gain * Math.Sqrt(6.0 / ((double)inputSize + outputSize)), random);

    /// <summary>Values uniform in plus or minus a bound.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="bound">The largest value.</param>
    /// <param name="random">The generator, or null for zeros.</param>
    public static Tensor Uniform(Shape shape, double bound, SeededRandom? random) =>
        Fill(shape, random, generator => bound * ((2 * generator.NextDouble()) - 1));

    /// <summary>Values from a normal distribution around zero.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="deviation">The standard deviation.</param>
    /// <param name="random">The generator, or null for zeros.</param>
    public static Tensor Normal(Shape shape, double deviation, SeededRandom? random) =>
        Fill(shape, random, generator => deviation * generator.NextNormal());

    private static Tensor Fill(Shape shape, SeededRandom? random, Func<SeededRandom, double> draw)
    {
        if (random is null)
        {
            return Tensor.Zeros(shape);
        }

        Tensor tensor = Tensor.Uninitialized(shape);
        foreach (ref float value in tensor.MutableValues())
        {
            value = (float)draw(random);
        }

        return tensor;
    }
}
