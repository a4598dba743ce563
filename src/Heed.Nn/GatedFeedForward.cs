using Heed.Tensors;
using Heed.Tensors.Random;

namespace Heed.Nn;

/// <summary>The feed-forward network with a gate: one widened copy of the input, activated, multiplies another. No biases.</summary>
/// <remarks>
/// y = (activation(x W_gate^T) * x W_up^T) W_down^T. Shazeer 2020, equation 6: SwiGLU with <see cref="Activation.Silu"/>, as in LLaMA; GEGLU with
/// <see cref="Activation.GeluTanh"/>, as in T5 1.1.
/// </remarks>
public sealed class GatedFeedForward : FeedForwardNetwork
{
    private readonly Activation activation;
    private readonly float activationDropout;

    /// <summary>Creates a network.</summary>
    /// <param name="dModel">The width of input and output.</param>
    /// <param name="dFeedForward">The width in between.</param>
    /// <param name="activation">The nonlinearity of the gate.</param>
    /// <param name="random">Draws the weights; null leaves them zero, to be loaded.</param>
    /// <param name="activationDropout">Dropout after the product.</param>
    public GatedFeedForward(int dModel, int dFeedForward, Activation activation, RandomSource? random, float activationDropout = 0f)
    {
        this.activation = activation;
        this.activationDropout = activationDropout;
        Gate = Child("gate_proj", new Linear(dModel, dFeedForward, random, bias: false));
        Widening = Child("up_proj", new Linear(dModel, dFeedForward, random, bias: false));
        Narrowing = Child("down_proj", new Linear(dFeedForward, dModel, random, bias: false));
    }

    /// <summary>W_gate.</summary>
    public Linear Gate { get; }

    /// <summary>W_up.</summary>
    public Linear Widening { get; }

    /// <summary>W_down.</summary>
    public Linear Narrowing { get; }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x, DropoutSource? dropout = null)
    {
        Tensor hidden = Ops.Multiply(Ops.Activate(Gate.Forward(x, dropout), activation), Widening.Forward(x, dropout)); // [rows, dFeedForward]
        return Narrowing.Forward(dropout.Drop(hidden, activationDropout), dropout);
    }
}
