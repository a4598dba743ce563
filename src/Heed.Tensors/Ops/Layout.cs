using Heed.Tensors.Autograd;
using Heed.Tensors.Devices;

namespace Heed.Tensors;

/// <content>Operations that move elements without changing them.</content>
public static partial class Ops
{
    /// <summary>The same elements under another shape; a view.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="shape">A shape with as many elements.</param>
    /// <exception cref="ShapeException">The number of elements differs.</exception>
    public static Tensor Reshape(Tensor x, Shape shape)
    {
        if (shape.Count != x.Count)
        {
            throw new ShapeException($"Reshape: {x.Shape} holds {x.Count} elements, {shape} holds {shape.Count}");
        }

        Tensor y = x.View(shape);
        if (Tape.Records(x))
        {
            Tape.Record(y, x, static (x, dy) => x.AddGradient(dy, shared: true));
        }

        return y;
    }

    /// <summary>A range along one axis.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="axis">The axis; negative counts from the back.</param>
    /// <param name="start">The first index.</param>
    /// <param name="length">How many.</param>
    public static Tensor Slice(Tensor x, int axis, int start, int length)
    {
        axis = ShapeGuard.Axis(nameof(Slice), x, axis);
        if (start < 0 || length < 0 || start + length > x.Shape[axis])
        {
            throw new ShapeException($"Slice: {start}..{start + length} is outside axis {axis} of {x.Shape}");
        }

        int[] strides = StridedCopy.RowMajor(x.Shape);
        Shape shape = x.Shape.With(axis, length);
        var layout = new StridedCopy
        {
            Extents = shape,
            SourceStrides = strides,
            SourceOffset = start * strides[axis],
            DestinationStrides = StridedCopy.RowMajor(shape),
        };
        return CopyStrided(x, layout, shape);
    }

    /// <summary>Reorders the axes.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="axes">For each axis of the result, the axis of x that it is.</param>
    public static Tensor Permute(Tensor x, params ReadOnlySpan<int> axes)
    {
        if (axes.Length != x.Shape.Rank || axes.ToArray().Distinct().Count() != axes.Length)
        {
            throw new ShapeException($"Permute: [{string.Join(", ", axes.ToArray())}] does not name each axis of {x.Shape} once");
        }

        int[] strides = StridedCopy.RowMajor(x.Shape);
        var lengths = new int[axes.Length];
        var sourceStrides = new int[axes.Length];
        for (int axis = 0; axis < axes.Length; axis++)
        {
            int from = ShapeGuard.Axis(nameof(Permute), x, axes[axis]);
            lengths[axis] = x.Shape[from];
            sourceStrides[axis] = strides[from];
        }

        var shape = new Shape(lengths);
        var layout = new StridedCopy { Extents = shape, SourceStrides = sourceStrides, DestinationStrides = StridedCopy.RowMajor(shape) };
        return CopyStrided(x, layout, shape);
    }

    /// <summary>Repeats a tensor along axes of length 1, or along new leading axes: broadcasting, made explicit.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="shape">The result's shape; its trailing axes equal those of x, or x has 1 there.</param>
    public static Tensor Expand(Tensor x, Shape shape)
    {
        int added = shape.Rank - x.Shape.Rank;
        int[] strides = StridedCopy.RowMajor(x.Shape);
        var sourceStrides = new int[shape.Rank];
        for (int axis = 0; axis < shape.Rank; axis++)
        {
            int length = axis < added ? 1 : added < 0 ? -1 : x.Shape[axis - added];
            if (length != shape[axis] && length != 1)
            {
                throw new ShapeException($"Expand: {x.Shape} does not repeat to {shape}");
            }

            sourceStrides[axis] = axis < added || length == 1 ? 0 : strides[axis - added];
        }

        var layout = new StridedCopy { Extents = shape, SourceStrides = sourceStrides, DestinationStrides = StridedCopy.RowMajor(shape) };
        return CopyStrided(x, layout, shape);
    }

    /// <summary>Joins tensors along one axis; all other axes are equal.</summary>
    /// <param name="axis">The axis; negative counts from the back.</param>
    /// <param name="parts">At least one tensor.</param>
    public static Tensor Concat(int axis, params ReadOnlySpan<Tensor> parts)
    {
        Tensor first = parts[0];
        axis = ShapeGuard.Axis(nameof(Concat), first, axis);
        int length = 0;
        foreach (Tensor part in parts)
        {
            if (part.Shape.Rank != first.Shape.Rank || part.Shape.With(axis, 0) != first.Shape.With(axis, 0))
            {
                throw new ShapeException($"Concat: {first.Shape} and {part.Shape} differ in more than axis {axis}");
            }

            length += part.Shape[axis];
        }

        Tensor y = Tensor.Uninitialized(first.Shape.With(axis, length), first.Device);
        int[] strides = StridedCopy.RowMajor(y.Shape);
        Tensor[] inputs = parts.ToArray();
        var layouts = new StridedCopy[inputs.Length];
        int start = 0;
        for (int i = 0; i < inputs.Length; i++)
        {
            Shape shape = inputs[i].Shape;
            layouts[i] = new StridedCopy
            {
                Extents = shape,
                SourceStrides = StridedCopy.RowMajor(shape),
                DestinationStrides = strides,
                DestinationOffset = start * strides[axis],
            };
            y.Device.CopyStrided(inputs[i], layouts[i], y, accumulate: false);
            start += shape[axis];
        }

        if (Tape.Records(inputs))
        {
            Tape.Record(y, (inputs, layouts), static (saved, dy) =>
            {
                (Tensor[] inputs, StridedCopy[] layouts) = saved;
                for (int i = 0; i < inputs.Length; i++)
                {
                    AddStridedGradient(inputs[i], layouts[i], dy);
                }
            });
        }

        return y;
    }

    private static Tensor CopyStrided(Tensor x, StridedCopy layout, Shape shape)
    {
        Tensor y = Tensor.Uninitialized(shape, x.Device);
        x.Device.CopyStrided(x, layout, y, accumulate: false);
        if (Tape.Records(x))
        {
            Tape.Record(y, (x, layout), static (saved, dy) => AddStridedGradient(saved.x, saved.layout, dy));
        }

        return y;
    }

    private static void AddStridedGradient(Tensor x, in StridedCopy layout, Tensor dy)
    {
        if (x.RequiresGradient)
        {
            dy.Device.CopyStrided(dy, layout.Reversed(), ZeroedTarget(x), accumulate: true);
        }
    }
}
