using Heed.Tensors.Autograd;

namespace Heed.Tensors;

/// <summary>The differentiable operations: each checks its shapes, calls the device's kernel, and records its backward pass.</summary>
public static partial class Ops
{
    /// <summary>a + b, element by element; shapes equal.</summary>
    /// <param name="a">The first term.</param>
    /// <param name="b">The second term, of the same shape.</param>
    /// <exception cref="ShapeException">The shapes differ; see <see cref="Expand"/> for broadcasting.</exception>
    public static Tensor Add(Tensor a, Tensor b)
    {
        ShapeGuard.Same(nameof(Add), a, b);
        Tensor y = Tensor.Like(a);
        a.Device.Add(a, b, y);
        if (Tape.Records(a, b))
        {
            Tape.Record(y, (a, b), static (saved, dy) =>
            {
                saved.a.AddGradient(dy, shared: true);
                saved.b.AddGradient(dy, shared: true);
            });
        }

        return y;
    }

    /// <summary>a - b, element by element; shapes equal.</summary>
    /// <param name="a">The first term.</param>
    /// <param name="b">What is taken from it, of the same shape.</param>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    public static Tensor Subtract(Tensor a, Tensor b)
    {
        ShapeGuard.Same(nameof(Subtract), a, b);
        Tensor y = Tensor.Like(a);
        a.Device.Subtract(a, b, y);
        if (Tape.Records(a, b))
        {
            Tape.Record(y, (a, b), static (saved, dy) =>
            {
                (Tensor a, Tensor b) = saved;
                a.AddGradient(dy, shared: true);
                if (b.RequiresGradient)
                {
                    Tensor db = Tensor.GradientLike(dy);
                    dy.Device.Scale(dy, -1f, db);
                    b.AddGradient(db);
                }
            });
        }

        return y;
    }

    /// <summary>a * b, element by element; shapes equal.</summary>
    /// <param name="a">The first factor.</param>
    /// <param name="b">The second factor, of the same shape.</param>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    public static Tensor Multiply(Tensor a, Tensor b)
    {
        ShapeGuard.Same(nameof(Multiply), a, b);
        Tensor y = Tensor.Like(a);
        a.Device.Multiply(a, b, y);
        if (Tape.Records(a, b))
        {
            Tape.Record(y, (a, b), static (saved, dy) =>
            {
                AddProduct(saved.a, dy, saved.b);
                AddProduct(saved.b, dy, saved.a);
            });
        }

        return y;
    }

    /// <summary>factor * x.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="factor">The number.</param>
    public static Tensor Scale(Tensor x, float factor)
    {
        Tensor y = Tensor.Like(x);
        x.Device.Scale(x, factor, y);
        if (Tape.Records(x))
        {
            Tape.Record(y, (x, factor), static (saved, dy) =>
            {
                Tensor dx = Tensor.GradientLike(dy);
                dy.Device.Scale(dy, saved.factor, dx);
                saved.x.AddGradient(dx);
            });
        }

        return y;
    }

    /// <summary>The sum of all elements, as a scalar.</summary>
    /// <param name="x">The tensor.</param>
    public static Tensor Sum(Tensor x) => Sum(x, 1f);

    /// <summary>The mean of all elements, as a scalar.</summary>
    /// <param name="x">The tensor.</param>
    public static Tensor Mean(Tensor x) => Sum(x, 1f / Math.Max(1, x.Count));

    /// <summary>factor times the sum of all elements, as a scalar.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="factor">The number.</param>
    public static Tensor Sum(Tensor x, float factor)
    {
        Tensor y = Tensor.Uninitialized(new Shape(), x.Device);
        x.Device.Sum(x, factor, y);
        if (Tape.Records(x))
        {
            Tape.Record(y, (x, factor), static (saved, dy) =>
            {
                (Tensor x, float factor) = saved;
                Tensor dx = Tensor.GradientLike(x);
                x.Device.Fill(dx, dy.Item() * factor);
                x.AddGradient(dx);
            });
        }

        return y;
    }

    private static void AddProduct(Tensor x, Tensor dy, Tensor other)
    {
        if (x.RequiresGradient)
        {
            Tensor dx = Tensor.GradientLike(dy);
            dy.Device.Multiply(dy, other, dx);
            x.AddGradient(dx);
        }
    }
}
