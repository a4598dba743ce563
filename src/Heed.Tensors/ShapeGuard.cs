namespace Heed.Tensors;

/// <summary>Checks at the public edge of the operations; each failure names the operation and both shapes.</summary>
internal static class ShapeGuard
{
    public static void Same(string operation, Tensor a, Tensor b)
    {
        if (a.Shape != b.Shape)
        {
            throw new ShapeException($"{operation}: shapes differ: {a.Shape} and {b.Shape}");
        }
    }

    public static void Rank(string operation, Tensor x, int rank, string axes)
    {
        if (x.Shape.Rank != rank)
        {
            throw new ShapeException($"{operation}: expected {axes}, got {x.Shape}");
        }
    }

    public static void AtLeastRank(string operation, Tensor x, int rank, string axes)
    {
        if (x.Shape.Rank < rank)
        {
            throw new ShapeException($"{operation}: expected {axes}, got {x.Shape}");
        }
    }

    public static void LastAxis(string operation, Tensor x, int length, string what, Tensor whose)
    {
        if (x.Shape.Rank == 0 || x.Shape[^1] != length)
        {
            throw new ShapeException($"{operation}: the last axis of {x.Shape} must be {length} to fit {what} {whose.Shape}");
        }
    }

    public static void Vector(string operation, Tensor x, int length, string name)
    {
        if (x.Shape.Rank != 1 || x.Shape[0] != length)
        {
            throw new ShapeException($"{operation}: {name} must be [{length}], got {x.Shape}");
        }
    }

    public static int Axis(string operation, Tensor x, int axis)
    {
        int offset = axis < 0 ? axis + x.Shape.Rank : axis;
        if ((uint)offset >= (uint)x.Shape.Rank)
        {
            throw new ShapeException($"{operation}: {x.Shape} has no axis {axis}");
        }

        return offset;
    }
}
