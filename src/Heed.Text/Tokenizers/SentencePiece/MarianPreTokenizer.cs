using Heed.Text.Tokenizers.Pipeline;
using Heed.Text.Tokenizers.PreTokenizers;

namespace Heed.Text.Tokenizers.SentencePiece;

/// <summary>Takes language codes (<c>&gt;&gt;fr&lt;&lt;</c>) out of the text: the one at its start is a token, others are dropped. Then prepares the rest.</summary>
/// <remarks>As transformers' Marian tokenizer does: a code reaches from the first <c>&gt;&gt;</c> of a line to the last <c>&lt;&lt;</c> in it.</remarks>
internal sealed class MarianPreTokenizer(SentencePieceNormalizer normalizer) : PreTokenizer
{
    public const string Opening = ">>";
    public const string Closing = "<<";

    public override void Split(TextPart part, bool startsText, List<TextPart> output)
    {
        string text = part.ToString();
        string[] lines = text.Split('\n');
        if (CodeIn(lines[0]) is { Start: 0 } code)
        {
            output.Add(new TextPart(lines[0][..code.End]));
        }

        string normalized = normalizer.Normalize(string.Join('\n', lines.Select(line => CodeIn(line) is { } found ? line.Remove(found.Start, found.End - found.Start) : line)));
        if (normalized.Length > 0)
        {
            output.Add(new TextPart(normalized));
        }
    }

    private static (int Start, int End)? CodeIn(string line)
    {
        int start = line.IndexOf(Opening, StringComparison.Ordinal);
        int end = line.LastIndexOf(Closing, StringComparison.Ordinal);
        return start >= 0 && end > start + Opening.Length ? (start, end + Closing.Length) : null;
    }
}
