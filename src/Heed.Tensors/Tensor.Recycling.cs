using Heed.Tensors.Memory;

namespace Heed.Tensors;

/// <content>Gradients of intermediate results: a backward pass makes hundreds that nobody sees, and so their objects are used again.</content>
public sealed partial class Tensor
{
    /// <summary>Makes a tensor of another's shape, its elements not yet set, that an operation hands over with <see cref="AddGradient"/> and then forgets.</summary>
    internal static Tensor GradientLike(Tensor other)
    {
        if (SpareObjects<Tensor>.Take() is not { } gradient)
        {
            return Like(other);
        }

        (gradient.buffer, gradient.Shape, gradient.Device) = (TensorBuffer.Rent(other.Count), other.Shape, other.Device);
        return gradient;
    }

    /// <summary>Notes that somebody outside the operations can refer to this gradient, so that its object never becomes another one.</summary>
    internal Tensor Show()
    {
        buffer.Show();
        return this;
    }

    // Ends a gradient that was handed over: its memory serves others now, and its object too where nobody has seen it.
    private void Retire()
    {
        if (buffer.IsShared)
        {
            return;
        }

        bool isSeen = buffer.IsSeen;
        if (buffer.Release() && !isSeen)
        {
            SpareObjects<Tensor>.Return(this);
        }
    }
}
