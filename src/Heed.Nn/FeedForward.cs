using Heed.Tensors;
using Heed.Tensors.Random;

namespace Heed.Nn;

/// <summary>The position-wise feed-forward network: widen, apply a nonlinearity, narrow.</summary>
/// <remarks>y = activation(x W1^T + b1) W2^T + b2. Vaswani et al. 2017, section 3.3, equation 2.</remarks>
public sealed class FeedForward : FeedForwardNetwork
{
    private readonly Activation activation;
    private readonly float activationDropout;

    /// <summary>Creates a network.</summary>
    /// <param name="dModel">The width of input and output.</param>
    /// <param name="dFeedForward">The width in between.</param>
    /// <param name="activation">The nonlinearity.</param>
    /// <param name="random">Draws the weights; null leaves them zero, to be loaded.</param>
    /// <param name="activationDropout">Dropout after the nonlinearity.</param>
    /// <param name="bias">Whether the layers have biases.</param>
    public FeedForward(int dModel, int dFeedForward, Activation activation, RandomSource? random, float activationDropout = 0f, bool bias = true)
    {
        this.activation = activation;
        this.activationDropout = activationDropout;
        Widening = Child("fc1", new Linear(dModel, dFeedForward, random, bias));
        Narrowing = Child("fc2", new Linear(dFeedForward, dModel, random, bias));
    }

    /// <summary>The first layer, dModel to dFeedForward.</summary>
    public Linear Widening { get; }

    /// <summary>The second layer, dFeedForward to dModel.</summary>
    public Linear Narrowing { get; }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x, DropoutSource? dropout = null)
    {
        Tensor hidden = Ops.Activate(Widening.Forward(x, dropout), activation); // [rows, dFeedForward]
        return Narrowing.Forward(dropout.Drop(hidden, activationDropout), dropout);
    }
}
