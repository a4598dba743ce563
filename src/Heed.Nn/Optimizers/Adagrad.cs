using Heed.Tensors;
using Heed.Tensors.Devices;

namespace Heed.Nn.Optimizers;

/// <summary>Adagrad: the step of each element shrinks with the squares of all its gradients so far.</summary>
/// <remarks>s = s + g^2; w = w - learningRate * g / (sqrt(s) + epsilon). Duchi et al. 2011, figure 1, with a diagonal matrix.</remarks>
/// <param name="parameters">What to train.</param>
/// <param name="learningRate">The step size.</param>
/// <param name="epsilon">Added to the root of the sum.</param>
public sealed class Adagrad(IEnumerable<NamedParameter> parameters, float learningRate, float epsilon = 1e-10f)
    : Optimizer(parameters, learningRate)
{
    private static readonly string[] Sum = ["sum"];

    /// <inheritdoc/>
    protected override IReadOnlyList<string> BufferNames => Sum;

    /// <inheritdoc/>
    protected override void Update(Tensor parameter, Tensor gradient, Tensor[] buffers, long step, float gradientScale) =>
        parameter.Device.AdagradStep(parameter, gradient, buffers[0], new AdagradStep(LearningRate, epsilon, gradientScale));
}
