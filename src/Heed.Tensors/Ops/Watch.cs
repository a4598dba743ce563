using Heed.Tensors.Autograd;

namespace Heed.Tensors;

/// <content>Looking at gradients.</content>
public static partial class Ops
{
    /// <summary>The tensor itself, as a view; the backward pass shows its gradient to an observer on the way.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="observer">Receives dL/dx, complete, readable until it returns; not called where nothing is recorded.</param>
    public static Tensor Watch(Tensor x, Action<Tensor> observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        Tensor y = x.View(x.Shape);
        if (Tape.Records(x))
        {
            Tape.Record(y, (x, observer), static (saved, dy) =>
            {
                saved.observer(dy.Show());
                saved.x.AddGradient(dy, shared: true);
            });
        }

        return y;
    }
}
