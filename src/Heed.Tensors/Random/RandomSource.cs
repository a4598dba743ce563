namespace Heed.Tensors.Random;

/// <summary>A sequential random generator: what initial weights and shuffled orders are drawn from.</summary>
/// <remarks>
/// <see cref="SeededRandom"/> is Heed's own. <see cref="PyTorchRandom"/> draws what PyTorch draws, for readers of a book whose
/// numbers come from there.
/// </remarks>
public abstract class RandomSource
{
    /// <summary>A number uniform in [0, 1), in steps of 2^-53.</summary>
    public abstract double NextDouble();

    /// <summary>An integer uniform in [0, bound).</summary>
    /// <param name="bound">Positive.</param>
    public abstract int Next(int bound);

    /// <summary>A number from the standard normal distribution.</summary>
    public abstract double NextNormal();

    /// <summary>Fills with numbers uniform in [from, to).</summary>
    /// <param name="values">What is filled.</param>
    /// <param name="from">The smallest number.</param>
    /// <param name="to">The bound above.</param>
    public abstract void FillUniform(Span<float> values, double from, double to);

    /// <summary>Fills with numbers from a normal distribution.</summary>
    /// <param name="values">What is filled.</param>
    /// <param name="mean">The mean.</param>
    /// <param name="deviation">The standard deviation.</param>
    public abstract void FillNormal(Span<float> values, double mean, double deviation);

    /// <summary>Puts items in a random order.</summary>
    /// <param name="items">The items, reordered in place.</param>
    public abstract void Shuffle<T>(Span<T> items);

    /// <summary>A tensor of numbers uniform in [from, to): PyTorch's <c>torch.rand</c>.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="from">The smallest number.</param>
    /// <param name="to">The bound above.</param>
    public Tensor Uniform(Shape shape, double from = 0, double to = 1)
    {
        Tensor tensor = Tensor.Uninitialized(shape);
        FillUniform(tensor.MutableValues(), from, to);
        return tensor;
    }

    /// <summary>A tensor of numbers from a normal distribution: PyTorch's <c>torch.randn</c>.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="mean">The mean.</param>
    /// <param name="deviation">The standard deviation.</param>
    public Tensor Normal(Shape shape, double mean = 0, double deviation = 1)
    {
        Tensor tensor = Tensor.Uninitialized(shape);
        FillNormal(tensor.MutableValues(), mean, deviation);
        return tensor;
    }
}
