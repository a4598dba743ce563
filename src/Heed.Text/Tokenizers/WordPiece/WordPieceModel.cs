using System.Text;
using Heed.Text.Tokenizers.Pipeline;
using Heed.Text.Tokenizers.Unigram;

namespace Heed.Text.Tokenizers.WordPiece;

/// <summary>BERT's model: takes the longest piece the word begins with, then the longest continuation, and so on. A word that cannot be finished is unknown as a whole.</summary>
/// <remarks>Wu et al. 2016, "Google's neural machine translation system", section 4.1; the greedy search is that of BERT's published tokenizer.</remarks>
internal sealed class WordPieceModel : TokenModel
{
    /// <summary>Code points in a word at most, where a file does not say.</summary>
    public const int UsualLongestWord = 100;

    private readonly TokenTable table;
    private readonly int longestWord;
    private readonly PieceTrie beginnings;
    private readonly PieceTrie continuations;
    private readonly int[] idOfBeginning;
    private readonly int[] idOfContinuation;

    /// <param name="table">The vocabulary.</param>
    /// <param name="continuationPrefix">What marks a piece that continues a word, <c>##</c> as a rule.</param>
    /// <param name="longestWord">Code points in a word at most; longer ones are unknown.</param>
    public WordPieceModel(TokenTable table, string continuationPrefix, int longestWord)
    {
        this.table = table;
        this.longestWord = longestWord;
        int[] pieces = [.. Enumerable.Range(0, table.Count).Where(id => IsPiece(table, id))];
        idOfBeginning = pieces;
        idOfContinuation = [.. pieces.Where(id => IsContinuation(table.NameOf(id)!, continuationPrefix))];
        beginnings = new PieceTrie([.. idOfBeginning.Select(id => table.NameOf(id)!)]);
        continuations = new PieceTrie([.. idOfContinuation.Select(id => table.NameOf(id)![continuationPrefix.Length..])]);
    }

    public override void Append(ReadOnlySpan<char> word, List<int> ids)
    {
        int start = ids.Count;
        if (!IsTooLong(word) && TryAppend(word, ids))
        {
            return;
        }

        ids.RemoveRange(start, ids.Count - start);
        table.AppendUnknown(ids, start);
    }

    private static bool IsPiece(TokenTable table, int id) =>
        table.NameOf(id) is { Length: > 0 } name && !table.IsHidden(id) && table.TryGetPiece(name, out int first) && first == id;

    private static bool IsContinuation(string name, string prefix) => name.Length > prefix.Length && name.StartsWith(prefix, StringComparison.Ordinal);

    private bool IsTooLong(ReadOnlySpan<char> word)
    {
        int length = 0;
        foreach (Rune _ in word.EnumerateRunes())
        {
            length++;
        }

        return length > longestWord;
    }

    private bool TryAppend(ReadOnlySpan<char> word, List<int> ids)
    {
        (PieceTrie trie, int[] idOfPiece) = (beginnings, idOfBeginning);
        while (word.Length > 0)
        {
            int piece = Longest(trie, word, out int length);
            if (piece == PieceTrie.None)
            {
                return false;
            }

            ids.Add(idOfPiece[piece]);
            word = word[length..];
            (trie, idOfPiece) = (continuations, idOfContinuation);
        }

        return true;
    }

    private static int Longest(PieceTrie trie, ReadOnlySpan<char> word, out int length)
    {
        (int longest, int node, int place) = (PieceTrie.None, PieceTrie.Root, 0);
        length = 0;
        foreach (Rune rune in word.EnumerateRunes())
        {
            node = trie.Child(node, rune.Value);
            if (node == PieceTrie.None)
            {
                break;
            }

            place += rune.Utf16SequenceLength;
            if (trie.PieceAt(node) is >= 0 and int piece)
            {
                (longest, length) = (piece, place);
            }
        }

        return longest;
    }
}
