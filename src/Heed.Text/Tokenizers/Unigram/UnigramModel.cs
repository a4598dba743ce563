namespace Heed.Text.Tokenizers.Unigram;

/// <summary>Pieces with the logarithms of their probabilities. A split of a text is as probable as the product of its pieces.</summary>
/// <remarks>Kudo 2018, "Subword regularization", section 3.2, equation 5.</remarks>
internal sealed class UnigramModel
{
    /// <summary>How much lower the score of a character outside the vocabulary is than that of the rarest piece.</summary>
    public const double UnknownPenalty = 10;

    private readonly double[] scores;

    /// <param name="pieces">Texts, all different.</param>
    /// <param name="scores">The logarithm of each piece's probability.</param>
    /// <param name="unknownScore">The score of a character that no piece covers; by default well below the rarest piece.</param>
    public UnigramModel(IReadOnlyCollection<string> pieces, double[] scores, double? unknownScore = null)
    {
        this.scores = scores;
        Trie = new PieceTrie(pieces);
        UnknownScore = unknownScore ?? ((scores.Length > 0 ? scores.Min() : 0) - UnknownPenalty);
    }

    /// <summary>Whether sums are kept in float32, as SentencePiece keeps them: close decisions then fall alike.</summary>
    public bool SinglePrecision { get; init; }

    public ReadOnlySpan<double> Scores => scores;

    public PieceTrie Trie { get; }

    /// <summary>The score of a character that no piece covers.</summary>
    public double UnknownScore { get; }

    /// <summary>The pieces that begin at a place of a text.</summary>
    /// <param name="text">Code points.</param>
    /// <param name="start">A place before the end.</param>
    public EdgeWalk EdgesFrom(ReadOnlySpan<int> text, int start) => new(this, text, start);
}
