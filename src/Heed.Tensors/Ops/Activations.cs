using Heed.Tensors.Autograd;

namespace Heed.Tensors;

/// <content>Elementwise nonlinearities.</content>
public static partial class Ops
{
    /// <summary>Applies a nonlinearity to every element.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="activation">Which nonlinearity.</param>
    public static Tensor Activate(Tensor x, Activation activation)
    {
        Tensor y = Tensor.Like(x);
        x.Device.Activate(activation, x, y);
        if (Tape.Records(x))
        {
            Tape.Record(y, (x, activation), static (saved, dy) =>
            {
                (Tensor x, Activation activation) = saved;
                Tensor dx = Tensor.GradientLike(x);
                x.Device.ActivateBackward(activation, x, dy, dx);
                x.AddGradient(dx);
            });
        }

        return y;
    }

    /// <summary>max(0, x).</summary>
    /// <param name="x">The tensor.</param>
    public static Tensor Relu(Tensor x) => Activate(x, Activation.Relu);

    /// <summary>The hyperbolic tangent.</summary>
    /// <param name="x">The tensor.</param>
    public static Tensor Tanh(Tensor x) => Activate(x, Activation.Tanh);

    /// <summary>1 / (1 + exp(-x)).</summary>
    /// <param name="x">The tensor.</param>
    public static Tensor Sigmoid(Tensor x) => Activate(x, Activation.Sigmoid);

    /// <summary>Gated linear unit: the first half of the last axis times the sigmoid of the second half.</summary>
    /// <param name="x">[..., 2n].</param>
    /// <returns>[..., n].</returns>
    /// <remarks>Dauphin et al. 2017, "Language modeling with gated convolutional networks", section 2.</remarks>
    /// <exception cref="ShapeException">The last axis is odd.</exception>
    public static Tensor GatedLinearUnit(Tensor x)
    {
        if (x.Columns % 2 != 0)
        {
            throw new ShapeException($"GatedLinearUnit: the last axis of {x.Shape} must be even");
        }

        int half = x.Columns / 2;
        return Multiply(Slice(x, -1, 0, half), Sigmoid(Slice(x, -1, half, half)));
    }
}
