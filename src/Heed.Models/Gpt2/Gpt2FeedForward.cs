using Heed.Nn;
using Heed.Tensors;

namespace Heed.Models.Gpt2;

/// <summary>The position-wise feed-forward network of a block.</summary>
public sealed class Gpt2FeedForward : Module
{
    private readonly Activation activation;

    /// <summary>Creates a network of zeros, to be filled.</summary>
    /// <param name="config">Sizes and choices.</param>
    public Gpt2FeedForward(Gpt2Config config)
    {
        ArgumentNullException.ThrowIfNull(config);
        activation = config.Activation;
        int inner = config.DFeedForward ?? (4 * config.DModel);
        Widening = Child("c_fc", new Linear(config.DModel, inner, random: null));
        Narrowing = Child("c_proj", new Linear(inner, config.DModel, random: null));
    }

    /// <summary>The first layer.</summary>
    public Linear Widening { get; }

    /// <summary>The second layer.</summary>
    public Linear Narrowing { get; }

    /// <summary>Applies the network to each row.</summary>
    /// <param name="x">[tokens, dModel].</param>
    /// <returns>[tokens, dModel].</returns>
    public Tensor Forward(Tensor x) => Narrowing.Forward(Ops.Activate(Widening.Forward(x), activation));
}
