namespace Heed.Text.Tokenizers.Unigram;

/// <summary>Sums over all splits of a text: how often each piece is expected, and splits drawn at random.</summary>
/// <remarks>
/// Not safe for threads: it keeps its working memory. All sums are of logarithms; <c>backward[i]</c> is the log-probability
/// of everything from place i on.
/// </remarks>
internal sealed class AllPaths
{
    private double[] backward = [];
    private double[] forward = [];

    /// <summary>Adds the expected count of each piece over all splits, weighed by their probability (the E step of EM).</summary>
    /// <param name="model">The pieces.</param>
    /// <param name="text">Code points, at least one.</param>
    /// <param name="weight">How often the text occurs.</param>
    /// <param name="expected">Receives the counts by piece.</param>
    /// <returns>The log-probability of the text, summed over its splits.</returns>
    public double AddExpectedCounts(UnigramModel model, ReadOnlySpan<int> text, double weight, Span<double> expected)
    {
        double total = SumBackward(model, text, smoothing: 1);
        forward.AsSpan(1, text.Length).Fill(double.NegativeInfinity);
        forward[0] = 0;
        for (int start = 0; start < text.Length; start++)
        {
            EdgeWalk edge = model.EdgesFrom(text, start);
            while (edge.MoveNext())
            {
                double until = forward[start] + edge.Score;
                forward[edge.End] = LogAdd(forward[edge.End], until);
                if (edge.Piece != PieceTrie.None)
                {
                    expected[edge.Piece] += weight * Math.Exp(until + backward[edge.End] - total);
                }
            }
        }

        return total;
    }

    /// <summary>Draws a split with probability proportional to P(split) to the power of <paramref name="smoothing"/>.</summary>
    /// <param name="model">The pieces.</param>
    /// <param name="text">Code points.</param>
    /// <param name="smoothing">0 draws all splits alike; 1 follows the model; large values approach the best split.</param>
    /// <param name="random">The source of chance.</param>
    /// <param name="output">Cleared, then given (piece, start) from left to right.</param>
    /// <remarks>Kudo 2018, sections 3.2 and 3.3: exact sampling over all splits (l = infinity).</remarks>
    public void Sample(UnigramModel model, ReadOnlySpan<int> text, double smoothing, ref SplitMix64 random, List<(int Piece, int Start)> output)
    {
        output.Clear();
        SumBackward(model, text, smoothing);
        int start = 0;
        while (start < text.Length)
        {
            double left = random.NextDouble();
            EdgeWalk edge = model.EdgesFrom(text, start);
            (int piece, int end) = (PieceTrie.None, start + 1);
            while (left >= 0 && edge.MoveNext())
            {
                (piece, end) = (edge.Piece, edge.End);
                left -= Math.Exp((smoothing * edge.Score) + backward[end] - backward[start]);
            }

            output.Add((piece, start));
            start = end;
        }
    }

    private double SumBackward(UnigramModel model, ReadOnlySpan<int> text, double smoothing)
    {
        if (backward.Length <= text.Length)
        {
            backward = new double[Math.Max(64, 2 * text.Length)];
            forward = new double[backward.Length];
        }

        backward[text.Length] = 0;
        for (int start = text.Length - 1; start >= 0; start--)
        {
            double sum = double.NegativeInfinity;
            EdgeWalk edge = model.EdgesFrom(text, start);
            while (edge.MoveNext())
            {
                sum = LogAdd(sum, (smoothing * edge.Score) + backward[edge.End]);
            }

            backward[start] = sum;
        }

        return backward[0];
    }

    private static double LogAdd(double a, double b)
    {
        double larger = Math.Max(a, b);
        double smaller = Math.Min(a, b);
        return double.IsNegativeInfinity(smaller) ? larger : larger + Math.Log(1 + Math.Exp(smaller - larger));
    }
}
