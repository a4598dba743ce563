using Heed.Text.Tokenizers.Pipeline;

namespace Heed.Text.Tokenizers.PreTokenizers;

/// <summary>
/// Cuts before each run of marks for spaces. A byte-pair model whose pieces never hold a mark behind anything else gives
/// the same ids for the parts as for the whole, and short words can be remembered.
/// </summary>
internal sealed class MarkBoundaryPreTokenizer(char mark) : PreTokenizer
{
    /// <summary>Whether no piece reaches across a boundary.</summary>
    public static bool IsSafe(IEnumerable<string> pieces, char mark) =>
        pieces.All(piece => piece.AsSpan().TrimStart(mark).IndexOf(mark) < 0);

    public override void Split(TextPart part, bool startsText, List<TextPart> output)
    {
        ReadOnlySpan<char> text = part.Span;
        int start = 0;
        while (start < text.Length)
        {
            int word = text[start..].IndexOfAnyExcept(mark);
            int length = word < 0 ? -1 : text[(start + word)..].IndexOf(mark);
            int end = length < 0 ? text.Length : start + word + length;
            output.Add(part.Slice(start, end - start));
            start = end;
        }
    }
}
