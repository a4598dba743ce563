using Heed.Tensors;
using Heed.Tensors.Random;

namespace Heed.Nn.Convolution;

/// <summary>The weight and bias of a convolution, or the length and direction of each row of its weight.</summary>
/// <remarks>
/// With weight normalisation W_i = g_i v_i / |v_i| for each output i, under PyTorch's names <c>weight_g</c> and <c>weight_v</c>. The length g begins as
/// that of v, so that the first W is the one that was drawn. Salimans and Kingma 2016, section 2.
/// </remarks>
internal sealed class ConvolutionKernel : Module
{
    private readonly Tensor weight; // W, or v
    private readonly Tensor? lengths;
    private readonly Tensor bias;
    private readonly Tensor? toUnit; // what makes a row of root mean square 1 one of length 1

    /// <summary>Creates a kernel.</summary>
    /// <param name="inputs">The numbers that an output is computed of.</param>
    /// <param name="outputSize">The outputs.</param>
    /// <param name="random">Draws the weight; null leaves it zero, to be loaded.</param>
    /// <param name="initialization">How the weight is drawn, and whether it is normalised.</param>
    public ConvolutionKernel(int inputs, int outputSize, RandomSource? random, ConvolutionInitialization initialization)
    {
        weight = Parameter(initialization.IsNormalized ? "weight_v" : "weight", Initialization.LinearWeight(outputSize, inputs, random, initialization.Gain));
        if (initialization.IsNormalized)
        {
            lengths = Parameter("weight_g", LengthsOf(weight));
            toUnit = Tensor.Full(new Shape(inputs), 1 / MathF.Sqrt(inputs)).Keep();
        }

        bias = Parameter("bias", Initialization.LinearBias(outputSize, inputs, random));
    }

    /// <summary>W, [outputSize, inputs]; v where it is normalised.</summary>
    public Tensor Weight => weight;

    /// <summary>W x + b.</summary>
    /// <param name="windows">[tokens, inputs].</param>
    public Tensor Forward(Tensor windows) => Ops.Linear(windows, Normalized(), bias);

    private Tensor Normalized()
    {
        if (lengths is null)
        {
            return weight;
        }

        Tensor directions = Ops.RmsNorm(weight, toUnit!, epsilon: 1e-12f); // rows of length 1
        return Ops.Multiply(directions, Ops.Expand(Ops.Reshape(lengths, new Shape(lengths.Count, 1)), weight.Shape));
    }

    private static Tensor LengthsOf(Tensor rows)
    {
        Tensor lengths = Tensor.Zeros(new Shape(rows.Rows));
        Span<float> values = lengths.MutableValues();
        for (int i = 0; i < values.Length; i++)
        {
            double squares = 0;
            foreach (float element in rows.RowRange(i, 1).Values)
            {
                squares += (double)element * element;
            }

            values[i] = (float)Math.Sqrt(squares);
        }

        return lengths;
    }
}
