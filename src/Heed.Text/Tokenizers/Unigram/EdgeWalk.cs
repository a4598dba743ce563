namespace Heed.Text.Tokenizers.Unigram;

/// <summary>
/// Goes through the pieces that begin at one place of a text, shortest first. The first edge always covers one
/// character: as an unknown one where the vocabulary does not hold it, so that every text can be split.
/// </summary>
internal ref struct EdgeWalk
{
    private readonly UnigramModel model;
    private readonly ReadOnlySpan<int> text;
    private int node;

    public EdgeWalk(UnigramModel model, ReadOnlySpan<int> text, int start)
    {
        this.model = model;
        this.text = text;
        Start = start;
        End = start;
        Piece = PieceTrie.None;
        node = PieceTrie.Root;
    }

    public int Start { get; }

    /// <summary>Where the piece ends.</summary>
    public int End { get; private set; }

    /// <summary>The piece, or <see cref="PieceTrie.None"/> for an unknown character.</summary>
    public int Piece { get; private set; }

    public readonly double Score => Piece == PieceTrie.None ? model.UnknownScore : model.Scores[Piece];

    public bool MoveNext()
    {
        while (node != PieceTrie.None && End < text.Length)
        {
            node = model.Trie.Child(node, text[End]);
            End++;
            Piece = node == PieceTrie.None ? PieceTrie.None : model.Trie.PieceAt(node);
            if (Piece != PieceTrie.None || End == Start + 1)
            {
                return true;
            }
        }

        return false;
    }
}
