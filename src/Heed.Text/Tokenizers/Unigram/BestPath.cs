namespace Heed.Text.Tokenizers.Unigram;

/// <summary>Finds the most probable split of a text (Viterbi), in time linear in its length.</summary>
/// <remarks>Not safe for threads: it keeps its working memory. Of equally probable splits the one whose last piece is longest is taken.</remarks>
internal sealed class BestPath
{
    private double[] best = [];
    private int[] startOfLast = [];
    private int[] lastPiece = [];

    /// <summary>Writes the pieces of the most probable split, unknown characters as <see cref="PieceTrie.None"/>.</summary>
    /// <param name="model">The pieces.</param>
    /// <param name="text">Code points.</param>
    /// <param name="output">Cleared, then given (piece, start) from left to right.</param>
    /// <param name="forbidden">A piece that must not be used.</param>
    /// <returns>The logarithm of the split's probability.</returns>
    public double Find(UnigramModel model, ReadOnlySpan<int> text, List<(int Piece, int Start)> output, int forbidden = -2)
    {
        Prepare(text.Length);
        for (int start = 0; start < text.Length; start++)
        {
            EdgeWalk edge = model.EdgesFrom(text, start);
            while (edge.MoveNext())
            {
                double score = best[start] + edge.Score;
                if (edge.Piece != forbidden && score > best[edge.End])
                {
                    best[edge.End] = model.SinglePrecision ? (float)score : score;
                    startOfLast[edge.End] = start;
                    lastPiece[edge.End] = edge.Piece;
                }
            }
        }

        output.Clear();
        for (int end = text.Length; end > 0; end = startOfLast[end])
        {
            output.Add((lastPiece[end], startOfLast[end]));
        }

        output.Reverse();
        return best[text.Length];
    }

    private void Prepare(int length)
    {
        if (best.Length <= length)
        {
            best = new double[Math.Max(64, 2 * length)];
            startOfLast = new int[best.Length];
            lastPiece = new int[best.Length];
        }

        best.AsSpan(1, length).Fill(double.NegativeInfinity);
        best[0] = 0;
    }
}
