using Heed.Tensors;
using Heed.Tensors.Devices;

namespace Heed.Nn.Optimizers;

/// <summary>Stochastic gradient descent, with momentum and weight decay if wanted.</summary>
/// <remarks>v = momentum * v + g; w = w - learningRate * v (Polyak 1964, in PyTorch's form, where the rate is outside the velocity).</remarks>
/// <param name="parameters">What to train.</param>
/// <param name="learningRate">The step size.</param>
/// <param name="momentum">How much of the velocity stays, in [0, 1).</param>
/// <param name="weightDecay">Added to the gradient, times the parameter.</param>
public sealed class Sgd(IEnumerable<NamedParameter> parameters, float learningRate, float momentum = 0f, float weightDecay = 0f)
    : Optimizer(parameters, learningRate)
{
    private static readonly string[] Velocity = ["momentum_buffer"];

    /// <inheritdoc/>
    protected override IReadOnlyList<string> BufferNames => momentum == 0 ? [] : Velocity;

    /// <inheritdoc/>
    protected override void Update(Tensor parameter, Tensor gradient, Tensor[] buffers, long step, float gradientScale) =>
        parameter.Device.SgdStep(parameter, gradient, buffers.FirstOrDefault(), new SgdStep(LearningRate, momentum, weightDecay, gradientScale));
}
