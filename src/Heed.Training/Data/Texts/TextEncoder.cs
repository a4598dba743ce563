using System.Text;
using Heed.Text.Tokenizers;

namespace Heed.Training.Data.Texts;

/// <summary>Turns documents into one long row of token ids, with an end token between two documents.</summary>
/// <remarks>Pieces are encoded on several threads; the result does not depend on how many.</remarks>
/// <param name="tokenizer">The tokenizer.</param>
/// <param name="endId">What stands between documents.</param>
internal sealed class TextEncoder(Tokenizer tokenizer, int endId)
{
    private const int MostCharacters = 1 << 28;
    private const int HeldPieces = 64;

    /// <summary>The ids, in portions of any size.</summary>
    /// <param name="pieces">The documents.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="InvalidDataException">A document that has to be encoded at once is too long for that.</exception>
    public IEnumerable<int[]> Encode(IEnumerable<TextPiece> pieces, CancellationToken cancellation = default)
    {
        bool documentEnded = false;
        IEnumerable<TextPiece> units = EncodesPieces() ? pieces : WholeDocuments(pieces);
        foreach ((int[] ids, bool ends) in OrderedParallel.Select(units, piece => (Ids: tokenizer.Encode(piece.Text), piece.EndsDocument), threads: 0, cancellation, HeldPieces))
        {
            if (documentEnded)
            {
                yield return [endId];
            }

            yield return ids;
            documentEnded = ends;
        }
    }

    // Some tokenizers put a space in front of every text that they are given; they must be given documents as a whole.
    private bool EncodesPieces() =>
        new[] { ("One line.\n", "Another\n"), ("a\n", "b") }.All(pair => tokenizer.Encode(pair.Item1 + pair.Item2).SequenceEqual([.. tokenizer.Encode(pair.Item1), .. tokenizer.Encode(pair.Item2)]));

    private static IEnumerable<TextPiece> WholeDocuments(IEnumerable<TextPiece> pieces)
    {
        var document = new StringBuilder();
        foreach (TextPiece piece in pieces)
        {
            document.Append(piece.Text);
            if (document.Length > MostCharacters)
            {
                throw new InvalidDataException($"a document has more than {MostCharacters} characters, which this tokenizer has to see at once; divide it, for example with documents: line or paragraph, or take a byte-level tokenizer");
            }

            if (piece.EndsDocument)
            {
                yield return new TextPiece(document.ToString(), EndsDocument: true);
                document.Clear();
            }
        }
    }
}
