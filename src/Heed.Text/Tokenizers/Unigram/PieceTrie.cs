using System.Text;

namespace Heed.Text.Tokenizers.Unigram;

/// <summary>Finds all pieces that begin at a place of a text, by walking one character at a time.</summary>
internal sealed class PieceTrie
{
    public const int Root = 0;
    public const int None = -1;

    private readonly PairMap children;
    private readonly List<int> pieceOfNode = [None];

    /// <param name="pieces">Texts, all different; a piece is known by its place here.</param>
    public PieceTrie(IReadOnlyCollection<string> pieces)
    {
        children = new PairMap(4 * pieces.Count);
        int piece = 0;
        foreach (string text in pieces)
        {
            int node = Root;
            foreach (Rune rune in text.EnumerateRunes())
            {
                node = ChildOrNew(node, rune.Value);
            }

            pieceOfNode[node] = piece++;
        }
    }


    /// <summary>The node one character further, or <see cref="None"/>.</summary>
    public int Child(int node, int codePoint) => children.TryGetValue(node, codePoint, out int child) ? child : None;

    /// <summary>The piece that ends at a node, or <see cref="None"/>.</summary>
    public int PieceAt(int node) => pieceOfNode[node];

    private int ChildOrNew(int node, int codePoint)
    {
        if (!children.TryGetValue(node, codePoint, out int child))
        {
            child = pieceOfNode.Count;
            children.TryAdd(node, codePoint, child);
            pieceOfNode.Add(None);
        }

        return child;
    }
}
