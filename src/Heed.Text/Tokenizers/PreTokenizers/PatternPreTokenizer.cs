using Heed.Text.Tokenizers.Pipeline;

namespace Heed.Text.Tokenizers.PreTokenizers;

/// <summary>Cuts by a <see cref="SplitPattern"/>.</summary>
internal sealed class PatternPreTokenizer(SplitPattern pattern) : PreTokenizer
{
    public SplitPattern Pattern => pattern;

    public override void Split(TextPart part, bool startsText, List<TextPart> output)
    {
        var scanner = new PatternScanner(pattern, part.Span);
        while (scanner.MoveNext())
        {
            output.Add(part.Slice(scanner.Start, scanner.End - scanner.Start));
        }
    }
}
