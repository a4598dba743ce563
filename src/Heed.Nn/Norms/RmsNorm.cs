using Heed.Tensors;

namespace Heed.Nn.Norms;

/// <summary>Root-mean-square normalisation with a learned gain.</summary>
/// <remarks>y = x / sqrt(mean(x^2) + epsilon) * gain, for each row. Zhang and Sennrich 2019, section 3.</remarks>
public sealed class RmsNorm : Norm
{
    private readonly float epsilon;

    /// <summary>Creates a layer whose gain is 1.</summary>
    /// <param name="dModel">The length of a row.</param>
    /// <param name="epsilon">Added to the mean square.</param>
    public RmsNorm(int dModel, float epsilon = 1e-6f)
    {
        this.epsilon = epsilon;
        Gain = Parameter("weight", Tensor.Full(new Shape(dModel), 1f));
    }

    /// <summary>The factor on each element, [dModel]; registered as <c>weight</c>.</summary>
    public Tensor Gain { get; }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => Ops.RmsNorm(x, Gain, epsilon);
}
