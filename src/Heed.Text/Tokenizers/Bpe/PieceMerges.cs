using Heed.Text.Tokenizers.Pipeline;
using Heed.Text.Tokenizers.Unigram;

namespace Heed.Text.Tokenizers.Bpe;

/// <summary>
/// The merges of a vocabulary that lists pieces but no pairs, as tiktoken's and SentencePiece's do: any two neighbours
/// whose text together is a piece may be joined.
/// </summary>
internal static class PieceMerges
{
    /// <summary>All pairs that make up a piece.</summary>
    /// <param name="table">The vocabulary.</param>
    /// <param name="pieces">The ids that may be joined and made.</param>
    /// <param name="ranks">The rank of each id in the vocabulary: the smallest is made first.</param>
    public static MergeTable Of(TokenTable table, IReadOnlyList<int> pieces, int[] ranks)
    {
        var trie = new PieceTrie([.. pieces.Select(id => table.NameOf(id)!)]);
        var merges = new List<Merge>();
        foreach (int id in pieces)
        {
            string text = table.NameOf(id)!;
            int node = PieceTrie.Root;
            for (int end = 0; end < text.Length && node != PieceTrie.None;)
            {
                int codePoint = char.ConvertToUtf32(text, end);
                end += codePoint > char.MaxValue ? 2 : 1;
                node = trie.Child(node, codePoint);
                int prefix = node == PieceTrie.None ? PieceTrie.None : trie.PieceAt(node);
                if (prefix != PieceTrie.None && end < text.Length && table.TryGetPiece(text.AsSpan(end), out int suffix))
                {
                    merges.Add(new Merge(pieces[prefix], suffix, id));
                }
            }
        }

        return new MergeTable(merges, [.. merges.Select(merge => ranks[merge.Result])]);
    }
}
