using Heed.Tensors.Autograd;
using Heed.Tensors.Devices;

namespace Heed.Tensors;

/// <content>Matrix products.</content>
public static partial class Ops
{
    /// <summary>The matrix product, over the last two axes; leading axes are a batch.</summary>
    /// <param name="a">[..., m, k], or [..., k, m] when transposed.</param>
    /// <param name="b">[k, n], shared by the whole batch, or [..., k, n] with the leading axes of a; last two swapped when transposed.</param>
    /// <param name="transposeA">Whether a is stored transposed.</param>
    /// <param name="transposeB">Whether b is stored transposed.</param>
    /// <returns>[..., m, n].</returns>
    /// <exception cref="ShapeException">The inner sizes or the leading axes differ.</exception>
    public static Tensor MatMul(Tensor a, Tensor b, bool transposeA = false, bool transposeB = false)
    {
        Tensor y = Tensor.Uninitialized(ProductShape(a, transposeA, b, transposeB), a.Device);
        a.Device.MatMul(a, transposeA, b, transposeB, null, y, accumulate: false);
        if (Tape.Records(a, b))
        {
            Tape.Record(y, (a, transposeA, b, transposeB), static (saved, dy) => MatMulBackward(saved.a, saved.transposeA, saved.b, saved.transposeB, dy));
        }

        return y;
    }

    /// <summary>y = x W^T + b: a fully connected layer.</summary>
    /// <param name="x">[..., in].</param>
    /// <param name="weight">[out, in].</param>
    /// <param name="bias">[out], or null.</param>
    /// <returns>[..., out].</returns>
    /// <exception cref="ShapeException">x does not end in the weight's inner size.</exception>
    public static Tensor Linear(Tensor x, Tensor weight, Tensor? bias = null)
    {
        ShapeGuard.Rank(nameof(Linear), weight, 2, "a weight [out, in]");
        ShapeGuard.LastAxis(nameof(Linear), x, weight.Shape[1], "the weight", weight);
        if (bias is not null)
        {
            ShapeGuard.Vector(nameof(Linear), bias, weight.Shape[0], "the bias");
        }

        Tensor y = Tensor.Uninitialized(x.Shape.With(^1, weight.Shape[0]), x.Device);
        x.Device.MatMul(x, false, weight, true, bias, y, accumulate: false);
        if (Tape.Records(x, weight, bias))
        {
            Tape.Record(y, (x, weight, bias), static (saved, dy) =>
            {
                (Tensor x, Tensor weight, Tensor? bias) = saved;
                Tensor dyRows = AsMatrix(dy);
                Tensor xRows = AsMatrix(x);
                AddProductGradient(x, dyRows, false, weight, false);
                AddProductGradient(weight, dyRows, true, xRows, false);
                if (bias is { RequiresGradient: true })
                {
                    Tensor target = bias.GradientTarget(out bool accumulate);
                    x.Device.SumRows(dyRows, target, accumulate);
                }
            });
        }

        return y;
    }

    // With Y = op(A) op(B): dop(A) = dY op(B)^T and dop(B) = op(A)^T dY; a transposed operand's gradient is the transpose.
    private static void MatMulBackward(Tensor a, bool transposeA, Tensor b, bool transposeB, Tensor dy)
    {
        bool sharedB = b.Shape.Rank == 2 && a.Shape.Rank > 2;
        if (sharedB && transposeA)
        {
            // A batch of transposed matrices that share one right operand is not one product: go through it in order.
            int k = a.Shape[^2];
            int m = a.Shape[^1];
            bool accumulate = false;
            Tensor? target = a.RequiresGradient ? a.GradientTarget(out accumulate) : null;
            for (int batch = 0; batch < a.Count / (k * m); batch++)
            {
                Tensor left = a.View(new Shape(k, m), batch * k * m);
                Tensor upstream = dy.View(new Shape(m, dy.Columns), batch * m * dy.Columns);
                if (target is not null)
                {
                    a.Device.MatMul(b, transposeB, upstream, true, null, target.View(new Shape(k, m), batch * k * m), accumulate);
                }

                AddRightGradient(left, transposeA, b, transposeB, upstream);
            }

            return;
        }

        if (transposeA)
        {
            AddProductGradient(a, b, transposeB, dy, true);
        }
        else
        {
            AddProductGradient(a, dy, false, b, !transposeB);
        }

        if (sharedB)
        {
            AddRightGradient(AsMatrix(a), transposeA, b, transposeB, AsMatrix(dy));
        }
        else
        {
            AddRightGradient(a, transposeA, b, transposeB, dy);
        }
    }

    private static Tensor AsMatrix(Tensor x) => x.Shape.Rank == 2 ? x : x.View(new Shape(x.Rows, x.Columns));

    private static void AddRightGradient(Tensor a, bool transposeA, Tensor b, bool transposeB, Tensor dy)
    {
        if (transposeB)
        {
            AddProductGradient(b, dy, true, a, transposeA);
        }
        else
        {
            AddProductGradient(b, a, !transposeA, dy, false);
        }
    }

    private static void AddProductGradient(Tensor x, Tensor left, bool transposeLeft, Tensor right, bool transposeRight)
    {
        if (x.RequiresGradient)
        {
            Tensor target = x.GradientTarget(out bool accumulate);
            left.Device.MatMul(left, transposeLeft, right, transposeRight, null, target, accumulate);
        }
    }

    private static Shape ProductShape(Tensor a, bool transposeA, Tensor b, bool transposeB)
    {
        ShapeGuard.AtLeastRank(nameof(MatMul), a, 2, "a left operand [..., m, k]");
        ShapeGuard.AtLeastRank(nameof(MatMul), b, 2, "a right operand [..., k, n]");
        int m = a.Shape[transposeA ? ^1 : ^2];
        int k = a.Shape[transposeA ? ^2 : ^1];
        int inner = b.Shape[transposeB ? ^1 : ^2];
        int n = b.Shape[transposeB ? ^2 : ^1];
        if (k != inner)
        {
            throw new ShapeException($"MatMul: inner sizes differ: {Describe(a, transposeA)} x {Describe(b, transposeB)} ({k} != {inner})");
        }

        if (b.Shape.Rank > 2 && !SameLeadingAxes(a.Shape, b.Shape))
        {
            throw new ShapeException($"MatMul: leading axes differ: {a.Shape} x {b.Shape}");
        }

        return a.Shape.With(^2, m).With(^1, n);
    }

    private static bool SameLeadingAxes(Shape a, Shape b)
    {
        if (a.Rank != b.Rank)
        {
            return false;
        }

        for (int axis = 0; axis < a.Rank - 2; axis++)
        {
            if (a[axis] != b[axis])
            {
                return false;
            }
        }

        return true;
    }

    private static string Describe(Tensor x, bool transposed) => transposed ? $"{x.Shape}^T" : x.Shape.ToString();
}
