using Heed.Tensors.Autograd;

namespace Heed.Tensors;

/// <content>Normalisation of each row.</content>
public static partial class Ops
{
    /// <summary>Shifts and scales each row to mean 0 and variance 1, then applies a learned gain and bias.</summary>
    /// <param name="x">[..., n].</param>
    /// <param name="gain">[n].</param>
    /// <param name="bias">[n].</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <remarks>y = (x - mean(x)) / sqrt(var(x) + epsilon) * gain + bias. Ba et al. 2016, section 3.</remarks>
    public static Tensor LayerNorm(Tensor x, Tensor gain, Tensor bias, float epsilon = 1e-5f)
    {
        ShapeGuard.Vector(nameof(LayerNorm), gain, x.Columns, "the gain");
        ShapeGuard.Vector(nameof(LayerNorm), bias, x.Columns, "the bias");
        Tensor y = Tensor.Like(x);
        Tensor mean = Tensor.Uninitialized(new Shape(x.Rows), x.Device);
        Tensor inverseDeviation = Tensor.Uninitialized(new Shape(x.Rows), x.Device);
        x.Device.LayerNorm(x, gain, bias, epsilon, y, mean, inverseDeviation);
        if (Tape.Records(x, gain, bias))
        {
            Tape.Record(y, (x, gain, bias, mean, inverseDeviation), static (saved, dy) =>
            {
                (Tensor x, Tensor gain, Tensor bias, Tensor mean, Tensor inverseDeviation) = saved;
                Tensor dx = Tensor.GradientLike(x);
                x.Device.LayerNormBackward(x, gain, mean, inverseDeviation, dy, dx, ZeroedTarget(gain), ZeroedTarget(bias));
                x.AddGradient(dx);
            });
        }

        return y;
    }

    /// <summary>Scales each row by its root mean square, then applies a learned gain.</summary>
    /// <param name="x">[..., n].</param>
    /// <param name="gain">[n].</param>
    /// <param name="epsilon">Added to the mean square.</param>
    /// <remarks>y = x / sqrt(mean(x^2) + epsilon) * gain. Zhang and Sennrich 2019, section 3.</remarks>
    public static Tensor RmsNorm(Tensor x, Tensor gain, float epsilon = 1e-6f)
    {
        ShapeGuard.Vector(nameof(RmsNorm), gain, x.Columns, "the gain");
        Tensor y = Tensor.Like(x);
        Tensor inverseRms = Tensor.Uninitialized(new Shape(x.Rows), x.Device);
        x.Device.RmsNorm(x, gain, epsilon, y, inverseRms);
        if (Tape.Records(x, gain))
        {
            Tape.Record(y, (x, gain, inverseRms), static (saved, dy) =>
            {
                (Tensor x, Tensor gain, Tensor inverseRms) = saved;
                Tensor dx = Tensor.GradientLike(x);
                x.Device.RmsNormBackward(x, gain, inverseRms, dy, dx, ZeroedTarget(gain));
                x.AddGradient(dx);
            });
        }

        return y;
    }

    // Where a kernel can only add: the parameter's gradient, zeroed on first use; or scratch where none is wanted.
    private static Tensor ZeroedTarget(Tensor parameter)
    {
        if (!parameter.RequiresGradient)
        {
            return Tensor.Zeros(parameter.Shape, parameter.Device);
        }

        Tensor target = parameter.GradientTarget(out bool accumulate);
        if (!accumulate)
        {
            target.Device.Fill(target, 0f);
        }

        return target;
    }
}
