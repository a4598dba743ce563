namespace Heed.Tensors.Random;

/// <content>Permutations, masks and choices.</content>
public sealed partial class PyTorchRandom
{
    /// <summary>The numbers from 0 in a random order: PyTorch's <c>torch.randperm</c>.</summary>
    /// <param name="count">How many.</param>
    public int[] Permutation(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        int[] order = [.. Enumerable.Range(0, count)];
        Shuffle<int>(order);
        return order;
    }

    /// <summary>The order in which one pass of PyTorch's <c>DataLoader</c> visits its items.</summary>
    /// <param name="count">The number of items.</param>
    /// <param name="shuffle">Whether the loader shuffles.</param>
    /// <remarks>A pass draws a seed for worker processes that may never start, and another for its order, which has a generator of its own.</remarks>
    public int[] LoaderOrder(int count, bool shuffle)
    {
        NextUInt64();
        return shuffle ? new PyTorchRandom(NextUInt64() % (1UL << 63)).Permutation(count) : [.. Enumerable.Range(0, count)];
    }

    /// <summary>What dropout multiplies a number by: 0 with the probability, and otherwise 1 / (1 - probability).</summary>
    /// <param name="probability">In [0, 1).</param>
    public float DropoutFactor(float probability)
    {
        double kept = 1 - (double)(decimal)probability; // of 0.1 as it is written, where 0.1f is 0.100000001
        return NextDouble() < kept ? 1 / (float)kept : 0;
    }

    /// <summary>What dropout multiplies a tensor by, element by element in order.</summary>
    /// <param name="shape">The tensor's shape.</param>
    /// <param name="probability">In [0, 1).</param>
    public Tensor DropoutMask(Shape shape, float probability)
    {
        Tensor mask = Tensor.Uninitialized(shape);
        foreach (ref float factor in mask.MutableValues())
        {
            factor = DropoutFactor(probability);
        }

        return mask;
    }

    /// <summary>Chooses different items, each with its probability: PyTorch's <c>torch.multinomial</c> without replacement, or of one item.</summary>
    /// <param name="probabilities">The probability of each item, or numbers in proportion to them.</param>
    /// <param name="count">How many items.</param>
    /// <returns>The items, in the order in which they were chosen.</returns>
    /// <remarks>Every probability is divided by a number from the exponential distribution; the largest quotients win.</remarks>
    public int[] Multinomial(ReadOnlySpan<float> probabilities, int count = 1)
    {
        if (count < 1 || count > probabilities.Length)
        {
            throw new ArgumentOutOfRangeException(nameof(count), count, $"between 1 and all {probabilities.Length} items can be chosen");
        }

        var quotients = new float[probabilities.Length];
        for (int i = 0; i < quotients.Length; i++)
        {
            quotients[i] = probabilities[i] / (float)-LogOfRest(NextDouble());
        }

        return [.. Enumerable.Range(0, quotients.Length).OrderByDescending(i => quotients[i]).Take(count)];
    }
}
