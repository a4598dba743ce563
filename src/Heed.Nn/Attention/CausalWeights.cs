using Heed.Tensors;

namespace Heed.Nn.Attention;

/// <summary>Two ways to hide the future, on a whole matrix of scores that can be looked at. The third rung of the ladder.</summary>
/// <remarks>
/// <para>weights_ij = exp(score_ij) / sum over k &lt;= i of exp(score_ik) for j &lt;= i, and 0 beyond. Hiding before the softmax or after it
/// comes to the same, because what the softmax divided by cancels.</para>
/// <para>Models take neither way: <see cref="Ops.Attention"/> leaves hidden keys out (<see cref="AttentionPattern.CausalWithin"/>).</para>
/// </remarks>
public static class CausalWeights
{
    /// <summary>Sets scores of the future to minus infinity, of which the softmax makes 0.</summary>
    /// <param name="scores">[queries, keys], equally many.</param>
    /// <returns>[queries, keys]; each row sums to 1.</returns>
    public static Tensor ByMasking(Tensor scores)
    {
        GuardSquare(scores);
        return Ops.Softmax(Ops.Add(scores, Triangle(scores.Rows, visible: 0f, hidden: float.NegativeInfinity)));
    }

    /// <summary>Takes the softmax over all keys, sets weights of the future to 0 and divides each row by what is left of it.</summary>
    /// <param name="scores">[queries, keys], equally many.</param>
    /// <returns>[queries, keys]; each row sums to 1. No gradient flows through the division.</returns>
    public static Tensor ByRenormalizing(Tensor scores)
    {
        GuardSquare(scores);
        Tensor left = Ops.Multiply(Ops.Softmax(scores), Triangle(scores.Rows, visible: 1f, hidden: 0f));
        float[] values = left.ToArray();
        for (int start = 0; start < values.Length; start += scores.Rows)
        {
            Span<float> row = values.AsSpan(start, scores.Rows);
            float sum = 0;
            foreach (float weight in row)
            {
                sum += weight;
            }

            foreach (ref float weight in row)
            {
                weight /= sum;
            }
        }

        return Tensor.From(values, scores.Shape);
    }

    private static Tensor Triangle(int size, float visible, float hidden)
    {
        Tensor mask = Tensor.Full(new Shape(size, size), hidden);
        Span<float> values = mask.MutableValues();
        for (int i = 0; i < size; i++)
        {
            values.Slice(i * size, i + 1).Fill(visible);
        }

        return mask;
    }

    private static void GuardSquare(Tensor scores)
    {
        if (scores.Shape.Rank != 2 || scores.Rows != scores.Columns)
        {
            throw new ShapeException($"CausalWeights: scores are [tokens, tokens], got {scores.Shape}");
        }
    }
}
