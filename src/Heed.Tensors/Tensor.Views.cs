namespace Heed.Tensors;

/// <content>Views that an owner of memory makes for itself.</content>
public sealed partial class Tensor
{
    /// <summary>Some neighbouring indices of the first axis, as a view of the same memory: writing to one writes to the other.</summary>
    /// <param name="start">The first index.</param>
    /// <param name="count">How many.</param>
    /// <remarks>No gradient flows through the view. It is for buffers that grow, such as a key/value cache; models use <see cref="Ops.Slice"/>.</remarks>
    /// <exception cref="ShapeException">The range is outside the first axis.</exception>
    public Tensor RowRange(int start, int count)
    {
        ShapeGuard.AtLeastRank(nameof(RowRange), this, 1, "at least one axis");
        if (start < 0 || count < 0 || start > Shape[0] - count)
        {
            throw new ShapeException($"RowRange: {start}..{(long)start + count} is outside the first axis of {Shape}");
        }

        return View(Shape.With(0, count), Shape[0] == 0 ? 0 : start * (Count / Shape[0]));
    }
}
