using Heed.Text.Tokenizers.Bpe;
using Heed.Text.Tokenizers.Pipeline;
using Heed.Text.Tokenizers.PreTokenizers;
using Heed.Text.Tokenizers.Unigram;

namespace Heed.Text.Tokenizers.SentencePiece;

/// <summary>Makes the model that splits text from the pieces of a file.</summary>
internal static class SentencePieceModels
{
    /// <summary>The unigram model.</summary>
    /// <param name="file">The pieces.</param>
    /// <param name="ids">What each piece, by its place, is written as.</param>
    /// <param name="unknown">How text outside the vocabulary is written.</param>
    public static UnigramPieces Unigram(SentencePieceFile file, IReadOnlyList<int> ids, ICharacterIds unknown)
    {
        float[] normal = [.. file.Pieces.Where(piece => piece.Type == PieceType.Normal).Select(piece => piece.Score)];
        float lowest = normal.Length > 0 ? normal.Min() : float.MaxValue;
        float highest = normal.Length > 0 ? normal.Max() : 0;
        int[] places = [.. Places(file)];
        double[] scores = [.. places.Select(place => ScoreOf(file.Pieces[place], highest))];
        var model = new UnigramModel([.. places.Select(place => file.Pieces[place].Text)], scores, lowest - (float)UnigramModel.UnknownPenalty) { SinglePrecision = true };
        return new UnigramPieces(model, [.. places.Select(place => ids[place])], unknown);
    }

    /// <summary>The byte-pair model: of all neighbours that make up a piece, those of the highest score are joined first. User-defined pieces stay as they are.</summary>
    public static BpeModel Bpe(SentencePieceFile file, TokenTable table)
    {
        int[] pieces = [.. Places(file).Where(id => file.Pieces[id].Type == PieceType.Normal)];
        float[] scores = [.. file.Pieces.Select(piece => piece.Score).Distinct().OrderDescending()];
        var rankOfScore = scores.Index().ToDictionary(entry => entry.Item, entry => entry.Index);
        MergeTable merges = PieceMerges.Of(table, pieces, [.. file.Pieces.Select(piece => rankOfScore[piece.Score])]);
        bool hasUserDefined = file.Pieces.Any(piece => piece.Type == PieceType.UserDefined);
        return new BpeModel(table, merges, hasUserDefined ? word => UserDefinedId(file, table, word) : null);
    }

    /// <summary>Cuts a text where the byte-pair model never joins; null where that is nowhere.</summary>
    public static PreTokenizer? BpeWords(SentencePieceFile file)
    {
        var steps = new List<PreTokenizer>();
        string[] userDefined = [.. file.Pieces.Where(piece => piece.Type == PieceType.UserDefined).Select(piece => piece.Text)];
        if (userDefined.Length > 0)
        {
            steps.Add(new LiteralPreTokenizer(userDefined));
        }

        bool hasMark = file.Pieces.Any(piece => piece.Text.Length == 1 && piece.Text[0] == Vocabulary.SpaceMark);
        if (hasMark && MarkBoundaryPreTokenizer.IsSafe(Places(file).Select(id => file.Pieces[id].Text), Vocabulary.SpaceMark))
        {
            steps.Add(new MarkBoundaryPreTokenizer(Vocabulary.SpaceMark));
        }

        return steps.Count == 0 ? null : new SequencePreTokenizer(steps);
    }

    private static IEnumerable<int> Places(SentencePieceFile file) =>
        Enumerable.Range(0, file.Pieces.Count).Where(id => file.Pieces[id].Type is PieceType.Normal or PieceType.UserDefined);

    // A user-defined piece scores higher than any split of its text.
    private static double ScoreOf(SentencePieceEntry piece, float highest) => piece.Type == PieceType.UserDefined
        ? (System.Text.Encoding.UTF8.GetByteCount(piece.Text) * highest) - 0.1
        : piece.Score;

    private static int UserDefinedId(SentencePieceFile file, TokenTable table, ReadOnlySpan<char> word) =>
        table.TryGetPiece(word, out int id) && file.Pieces[id].Type == PieceType.UserDefined ? id : TokenTable.None;
}
