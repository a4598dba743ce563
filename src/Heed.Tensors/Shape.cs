using System.Runtime.CompilerServices;

namespace Heed.Tensors;

/// <summary>The lengths of a tensor's axes, outermost first. A value type: making one allocates nothing.</summary>
public readonly struct Shape : IEquatable<Shape>
{
    /// <summary>The largest number of axes a tensor can have.</summary>
    public const int MaxRank = 6;

    private readonly AxisLengths lengths;
    private readonly int count;

    /// <summary>Creates a shape from its axis lengths, outermost first.</summary>
    /// <param name="axes">Axis lengths; none makes the shape of a scalar.</param>
    /// <exception cref="ShapeException">There are more than <see cref="MaxRank"/> axes, one is negative, or their product overflows.</exception>
    public Shape(params ReadOnlySpan<int> axes)
    {
        if (axes.Length > MaxRank)
        {
            throw new ShapeException($"Shape: {axes.Length} axes, at most {MaxRank} are supported");
        }

        long count = 1;
        for (int axis = 0; axis < axes.Length; axis++)
        {
            if (axes[axis] < 0)
            {
                throw new ShapeException($"Shape: axis {axis} has the negative length {axes[axis]}");
            }

            lengths[axis] = axes[axis];
            count *= axes[axis];
            if (count > int.MaxValue)
            {
                throw new ShapeException($"Shape: [{string.Join(", ", axes.ToArray())}] holds more than {int.MaxValue} elements");
            }
        }

        Rank = axes.Length;
        this.count = (int)count;
    }

    /// <summary>The number of axes.</summary>
    public int Rank { get; }

    /// <summary>The number of elements: the product of all axis lengths (1 for a scalar).</summary>
    public int Count => Rank == 0 ? 1 : count;

    /// <summary>The length of an axis.</summary>
    /// <param name="axis">The axis, counted from the front, or from the back with <c>^</c>.</param>
    public int this[Index axis]
    {
        get
        {
            int offset = axis.GetOffset(Rank);
            if ((uint)offset >= (uint)Rank)
            {
                throw new ShapeException($"Shape: {this} has no axis {axis}");
            }

            return lengths[offset];
        }
    }

    /// <summary>Whether two shapes have the same axes.</summary>
    public static bool operator ==(Shape left, Shape right) => left.Equals(right);

    /// <summary>Whether two shapes differ.</summary>
    public static bool operator !=(Shape left, Shape right) => !left.Equals(right);

    /// <summary>This shape with one axis given another length.</summary>
    /// <param name="axis">The axis to change.</param>
    /// <param name="length">Its new length.</param>
    public Shape With(Index axis, int length)
    {
        Span<int> axes = stackalloc int[MaxRank];
        CopyTo(axes);
        axes[axis.GetOffset(Rank)] = length;
        return new Shape(axes[..Rank]);
    }

    /// <summary>Copies the axis lengths, outermost first.</summary>
    /// <param name="destination">At least <see cref="Rank"/> long.</param>
    public void CopyTo(Span<int> destination)
    {
        for (int axis = 0; axis < Rank; axis++)
        {
            destination[axis] = lengths[axis];
        }
    }

    /// <summary>The axis lengths as a new array, outermost first.</summary>
    public int[] ToArray()
    {
        var axes = new int[Rank];
        CopyTo(axes);
        return axes;
    }

    /// <inheritdoc/>
    public bool Equals(Shape other)
    {
        if (Rank != other.Rank)
        {
            return false;
        }

        for (int axis = 0; axis < Rank; axis++)
        {
            if (lengths[axis] != other.lengths[axis])
            {
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Shape other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Rank, Count);

    /// <summary>The shape as it stands in error messages, for example <c>[2, 8, 7, 64]</c>.</summary>
    public override string ToString() => $"[{string.Join(", ", ToArray())}]";

    [InlineArray(MaxRank)]
    private struct AxisLengths
    {
        private int first;
    }
}
