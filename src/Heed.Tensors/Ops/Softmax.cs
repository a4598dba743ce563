using Heed.Tensors.Autograd;

namespace Heed.Tensors;

/// <content>Softmax.</content>
public static partial class Ops
{
    /// <summary>exp(x_i) / sum_j exp(x_j) along the last axis, computed without overflow.</summary>
    /// <param name="x">[..., n].</param>
    public static Tensor Softmax(Tensor x)
    {
        Tensor y = Tensor.Like(x);
        x.Device.Softmax(x, y);
        if (Tape.Records(x))
        {
            Tape.Record(y, (x, y), static (saved, dy) =>
            {
                (Tensor x, Tensor y) = saved;
                Tensor dx = Tensor.GradientLike(x);
                x.Device.SoftmaxBackward(y, dy, dx);
                x.AddGradient(dx);
            });
        }

        return y;
    }

    /// <summary>The logarithm of <see cref="Softmax"/>, computed without cancellation.</summary>
    /// <param name="x">[..., n].</param>
    public static Tensor LogSoftmax(Tensor x)
    {
        Tensor y = Tensor.Like(x);
        x.Device.LogSoftmax(x, y);
        if (Tape.Records(x))
        {
            Tape.Record(y, (x, y), static (saved, dy) =>
            {
                (Tensor x, Tensor y) = saved;
                Tensor dx = Tensor.GradientLike(x);
                x.Device.LogSoftmaxBackward(y, dy, dx);
                x.AddGradient(dx);
            });
        }

        return y;
    }
}
