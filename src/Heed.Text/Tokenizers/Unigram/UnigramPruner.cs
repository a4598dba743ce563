using System.Text;
using Heed.Text.Tokenizers.Training;

namespace Heed.Text.Tokenizers.Unigram;

/// <summary>Drops the pieces that the best splits of the training words would miss least.</summary>
/// <remarks>
/// Kudo 2018, section 3.2, step 2. The loss of a piece is estimated as SentencePiece does: every use of it is replaced by
/// the best split of its text into other pieces, and nothing else changes.
/// </remarks>
internal sealed class UnigramPruner(TrainingWords words, CandidatePieces pieces)
{
    private readonly UnigramModel model = pieces.ToModel();
    private readonly BestPath bestPath = new();
    private readonly List<(int Piece, int Start)> path = [];

    /// <summary>The pieces that are left when all but <paramref name="count"/> are dropped.</summary>
    public CandidatePieces Prune(int count)
    {
        double[] uses = CountUses();
        double total = uses.Sum();
        var kept = Enumerable.Range(pieces.Required, pieces.Count - pieces.Required)
            .Select(piece => (Piece: piece, Loss: LossWithout(piece, uses, total)))
            .OrderByDescending(entry => entry.Loss)
            .Take(Math.Max(0, count - pieces.Required))
            .Select(entry => entry.Piece).ToHashSet();
        return pieces.Keep(kept.Contains, piece => pieces.Scores[piece]);
    }

    private double[] CountUses()
    {
        var uses = new double[pieces.Count];
        for (int word = 0; word < words.Count; word++)
        {
            bestPath.Find(model, words.CodePointsOf(word), path);
            foreach ((int piece, _) in path)
            {
                uses[piece] += words.CountOf(word);
            }
        }

        return uses;
    }

    /// <summary>How much log-probability the training text would lose; minus infinity where the piece is never used.</summary>
    private double LossWithout(int piece, double[] uses, double total)
    {
        if (uses[piece] == 0)
        {
            return double.NegativeInfinity;
        }

        int[] text = [.. pieces.Texts[piece].EnumerateRunes().Select((Rune rune) => rune.Value)];
        bestPath.Find(model, text, path, forbidden: piece);
        double newLogTotal = Math.Log(total + (uses[piece] * (path.Count - 1)));
        double instead = 0;
        foreach ((int other, _) in path)
        {
            instead += Math.Log(uses[other] + uses[piece]) - newLogTotal;
        }

        return uses[piece] * (Math.Log(uses[piece]) - Math.Log(total) - instead);
    }
}
