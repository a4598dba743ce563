using Heed.Tensors;
using Heed.Tensors.Devices;

namespace Heed.Nn.Optimizers;

/// <summary>What <see cref="Adam"/> and <see cref="AdamW"/> share.</summary>
/// <remarks>
/// m = beta1 m + (1 - beta1) g; v = beta2 v + (1 - beta2) g^2;
/// w = w - learningRate * (m / (1 - beta1^t)) / (sqrt(v / (1 - beta2^t)) + epsilon). Kingma and Ba 2015, algorithm 1.
/// </remarks>
public abstract class AdamBase : Optimizer
{
    private static readonly string[] Moments = ["exp_avg", "exp_avg_sq"];

    private readonly float beta1;
    private readonly float beta2;
    private readonly float epsilon;

    private protected AdamBase(IEnumerable<NamedParameter> parameters, float learningRate, float beta1, float beta2, float epsilon)
        : base(parameters, learningRate) =>
        (this.beta1, this.beta2, this.epsilon) = (beta1, beta2, epsilon);

    /// <inheritdoc/>
    protected override IReadOnlyList<string> BufferNames => Moments;

    /// <summary>The share of the learning rate by which a parameter shrinks in each step.</summary>
    private protected abstract float DecayOf(Tensor parameter);

    /// <inheritdoc/>
    protected override void Update(Tensor parameter, Tensor gradient, Tensor[] buffers, long step, float gradientScale)
    {
        float correction1 = (float)(1 - Math.Pow(beta1, step));
        float correction2 = (float)(1 - Math.Pow(beta2, step));
        var numbers = new AdamStep(LearningRate, beta1, beta2, epsilon, DecayOf(parameter), correction1, correction2, gradientScale);
        parameter.Device.AdamStep(parameter, gradient, buffers[0], buffers[1], numbers);
    }
}
