using Heed.Tensors.Autograd;

namespace Heed.Tensors;

/// <content>Dropout.</content>
public static partial class Ops
{
    /// <summary>Zeroes each element with a probability and divides the rest by the probability of staying.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="probability">In [0, 1); 0 returns <paramref name="x"/> itself.</param>
    /// <param name="key">The random stream; the same key draws the same mask, so the backward pass stores none.</param>
    /// <remarks>Srivastava et al. 2014, in the inverted form that leaves inference alone.</remarks>
    public static Tensor Dropout(Tensor x, float probability, ulong key)
    {
        GuardProbability(probability);
        if (probability == 0)
        {
            return x;
        }

        Tensor y = Tensor.Like(x);
        x.Device.Dropout(x, probability, key, y);
        if (Tape.Records(x))
        {
            Tape.Record(y, (x, probability, key), static (saved, dy) => AddDropped(saved.x, dy, saved.probability, saved.key));
        }

        return y;
    }

    /// <summary>residual + dropout(x): how every sub-layer of a Transformer ends, in one pass over memory.</summary>
    /// <param name="residual">The sub-layer's input.</param>
    /// <param name="x">The sub-layer's output, of the same shape.</param>
    /// <param name="probability">In [0, 1).</param>
    /// <param name="key">The random stream.</param>
    /// <remarks>Vaswani et al. 2017, section 5.4 (residual dropout).</remarks>
    public static Tensor AddDropout(Tensor residual, Tensor x, float probability, ulong key)
    {
        GuardProbability(probability);
        ShapeGuard.Same(nameof(AddDropout), residual, x);
        Tensor y = Tensor.Like(x);
        x.Device.AddDropout(residual, x, probability, key, y);
        if (Tape.Records(residual, x))
        {
            Tape.Record(y, (residual, x, probability, key), static (saved, dy) =>
            {
                (Tensor residual, Tensor x, float probability, ulong key) = saved;
                residual.AddGradient(dy, shared: true);
                if (probability == 0)
                {
                    x.AddGradient(dy, shared: true);
                }
                else
                {
                    AddDropped(x, dy, probability, key);
                }
            });
        }

        return y;
    }

    private static void AddDropped(Tensor x, Tensor dy, float probability, ulong key)
    {
        if (x.RequiresGradient)
        {
            Tensor dx = Tensor.GradientLike(dy);
            dy.Device.Dropout(dy, probability, key, dx);
            x.AddGradient(dx);
        }
    }

    private static void GuardProbability(float probability)
    {
        if (!(probability >= 0 && probability < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "a dropout probability lies in [0, 1)");
        }
    }
}
