using Heed.Nn.Adapters;
using Heed.Tensors;
using Heed.Tensors.Random;

namespace Heed.Nn;

/// <summary>A fully connected layer, y = x W^T + b.</summary>
public sealed class Linear : Module
{
    /// <summary>Creates a layer.</summary>
    /// <param name="inputSize">The last axis of what goes in.</param>
    /// <param name="outputSize">The last axis of what comes out.</param>
    /// <param name="random">
    /// Draws the weight, Xavier-uniform, and the bias begins as zero; <see cref="PyTorchRandom"/> draws both as PyTorch does. Null leaves
    /// both zero, to be loaded.
    /// </param>
    /// <param name="bias">Whether there is a bias.</param>
    /// <param name="gain">A factor on the range of the initial weight.</param>
    public Linear(int inputSize, int outputSize, RandomSource? random, bool bias = true, float gain = 1f)
    {
        Weight = Parameter("weight", Initialization.LinearWeight(outputSize, inputSize, random, gain));
        Bias = bias ? Parameter("bias", Initialization.LinearBias(outputSize, inputSize, random)) : null;
    }

    /// <summary>Creates a layer without bias whose weight is another module's parameter: both train the same numbers.</summary>
    /// <param name="sharedWeight">[outputSize, inputSize].</param>
    public Linear(Tensor sharedWeight) => Weight = Parameter("weight", sharedWeight);

    /// <summary>W, [outputSize, inputSize].</summary>
    public Tensor Weight { get; }

    /// <summary>b, [outputSize], or null.</summary>
    public Tensor? Bias { get; }

    /// <summary>What adds to the output while it is attached to this layer, or null.</summary>
    public LoraAdapter? Adapter { get; internal set; }

    /// <summary>Computes x W^T + b, and adds what <see cref="Adapter"/> makes of x.</summary>
    /// <param name="x">[..., inputSize].</param>
    /// <param name="dropout">The step's dropout, or null for none; only an adapter drops.</param>
    /// <returns>[..., outputSize].</returns>
    public Tensor Forward(Tensor x, DropoutSource? dropout = null)
    {
        Tensor y = Ops.Linear(x, Weight, Bias);
        return Adapter is null ? y : Ops.Add(y, Adapter.Forward(x, dropout));
    }
}
