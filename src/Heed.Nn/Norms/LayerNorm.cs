using Heed.Tensors;

namespace Heed.Nn.Norms;

/// <summary>Layer normalisation with a learned gain and bias.</summary>
/// <remarks>y = (x - mean(x)) / sqrt(var(x) + epsilon) * gain + bias, for each row. Ba et al. 2016, section 3.</remarks>
public sealed class LayerNorm : Norm
{
    private readonly float epsilon;

    /// <summary>Creates a layer whose gain is 1 and bias 0.</summary>
    /// <param name="dModel">The length of a row.</param>
    /// <param name="epsilon">Added to the variance.</param>
    public LayerNorm(int dModel, float epsilon = 1e-5f)
    {
        this.epsilon = epsilon;
        Gain = Parameter("weight", Tensor.Full(new Shape(dModel), 1f));
        Bias = Parameter("bias", Tensor.Zeros(new Shape(dModel)));
    }

    /// <summary>The factor on each element, [dModel]; registered as <c>weight</c>.</summary>
    public Tensor Gain { get; }

    /// <summary>What is added to each element, [dModel].</summary>
    public Tensor Bias { get; }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => Ops.LayerNorm(x, Gain, Bias, epsilon);
}
