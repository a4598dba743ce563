namespace Heed.Tensors.Devices;

/// <summary>The sizes of a batched matrix product [m, k] x [k, n], read off its operands.</summary>
/// <param name="Batch">How many products.</param>
/// <param name="M">Rows of the result.</param>
/// <param name="K">The axis that is summed over.</param>
/// <param name="N">Columns of the result.</param>
/// <param name="StrideA">Elements from one left operand to the next.</param>
/// <param name="StrideB">Elements from one right operand to the next; 0 when all share one.</param>
internal readonly record struct MatMulSizes(int Batch, int M, int K, int N, int StrideA, int StrideB)
{
    /// <summary>Reads the sizes; leading axes of a matrix b are folded into m where a is not transposed.</summary>
    public static MatMulSizes Of(Tensor a, bool transposeA, Tensor b, bool transposeB)
    {
        int k = a.Shape[transposeA ? ^2 : ^1];
        int n = b.Shape[transposeB ? ^2 : ^1];
        if (b.Shape.Rank == 2 && !transposeA)
        {
            return new MatMulSizes(1, k == 0 ? Leading(a.Shape, 1) : a.Count / k, k, n, 0, 0);
        }

        int m = a.Shape[transposeA ? ^1 : ^2];
        return new MatMulSizes(Leading(a.Shape, 2), m, k, n, m * k, b.Shape.Rank == 2 ? 0 : k * n);
    }

    private static int Leading(Shape shape, int trailing)
    {
        int product = 1;
        for (int axis = 0; axis < shape.Rank - trailing; axis++)
        {
            product *= shape[axis];
        }

        return product;
    }
}
