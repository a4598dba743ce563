using Heed.Tensors;

namespace Heed.Nn.Positions;

/// <summary>Attention with linear biases: each head loses a fixed amount of score with every token of distance. Nothing is learned.</summary>
/// <remarks>
/// score_ij = query_i . key_j / sqrt(headDim) - m |i - j|, with m = 2^(-8h / numHeads) for heads h = 1, 2, ... Press et al. 2022, section 3. For
/// other numbers of heads than powers of two the missing slopes are every second one of twice as many heads, as in their code.
/// </remarks>
public sealed class AlibiBias : DistanceBias
{
    private readonly float[] slopes;

    /// <summary>Creates the biases.</summary>
    /// <param name="numHeads">The number of query heads.</param>
    public AlibiBias(int numHeads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(numHeads, 1);
        int power = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)numHeads);
        power = power == numHeads ? power : power / 2;
        slopes = [.. Geometric(power), .. Geometric(2 * power).Where((_, i) => i % 2 == 0).Take(numHeads - power)];
    }

    /// <summary>What each head loses for a token of distance.</summary>
    public IReadOnlyList<float> Slopes => slopes;

    /// <inheritdoc/>
    public override Tensor Forward(int maxLength)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxLength, 1);
        int distances = (2 * maxLength) - 1;
        Tensor bias = Tensor.Uninitialized(new Shape(slopes.Length, distances));
        Span<float> values = bias.MutableValues();
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = -slopes[i / distances] * Math.Abs((i % distances) - (maxLength - 1));
        }

        return bias;
    }

    private static IEnumerable<float> Geometric(int count) => Enumerable.Range(1, count).Select(h => (float)Math.Pow(2, -8.0 * h / count));
}
