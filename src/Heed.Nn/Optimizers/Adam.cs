using Heed.Tensors;

namespace Heed.Nn.Optimizers;

/// <summary>Adam: steps of about the same size for every parameter, whatever the size of its gradient.</summary>
/// <remarks>Kingma and Ba 2015, algorithm 1. The defaults are those of Vaswani et al. 2017, section 5.3.</remarks>
/// <param name="parameters">What to train.</param>
/// <param name="learningRate">The step size.</param>
/// <param name="beta1">Decay of the mean of the gradients.</param>
/// <param name="beta2">Decay of the mean of their squares.</param>
/// <param name="epsilon">Added to the root of that mean.</param>
public sealed class Adam(IEnumerable<NamedParameter> parameters, float learningRate, float beta1 = 0.9f, float beta2 = 0.98f, float epsilon = 1e-9f)
    : AdamBase(parameters, learningRate, beta1, beta2, epsilon)
{
    private protected override float DecayOf(Tensor parameter) => 0;
}
