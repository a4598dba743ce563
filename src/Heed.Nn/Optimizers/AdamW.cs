using Heed.Tensors;

namespace Heed.Nn.Optimizers;

/// <summary>Adam with weight decay that does not pass through the moments.</summary>
/// <remarks>Loshchilov and Hutter 2019, algorithm 2: w is first multiplied by 1 - learningRate * weightDecay.</remarks>
/// <param name="parameters">What to train.</param>
/// <param name="learningRate">The step size.</param>
/// <param name="beta1">Decay of the mean of the gradients.</param>
/// <param name="beta2">Decay of the mean of their squares.</param>
/// <param name="epsilon">Added to the root of that mean.</param>
/// <param name="weightDecay">The decay.</param>
public sealed class AdamW(IEnumerable<NamedParameter> parameters, float learningRate, float beta1 = 0.9f, float beta2 = 0.999f, float epsilon = 1e-8f, float weightDecay = 0.01f)
    : AdamBase(parameters, learningRate, beta1, beta2, epsilon)
{
    /// <summary>Whether biases and the gains of norms, which are vectors, decay too.</summary>
    public bool DecaysVectors { get; init; } = true;

    private protected override float DecayOf(Tensor parameter) => DecaysVectors || parameter.Shape.Rank > 1 ? weightDecay : 0;
}
