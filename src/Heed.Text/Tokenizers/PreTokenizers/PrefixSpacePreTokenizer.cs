using Heed.Text.Tokenizers.Pipeline;

namespace Heed.Text.Tokenizers.PreTokenizers;

/// <summary>Puts a space in front of each piece of text that does not begin with one.</summary>
internal sealed class PrefixSpacePreTokenizer : PreTokenizer
{
    public override void Split(TextPart part, bool startsText, List<TextPart> output) =>
        output.Add(part.Span[0] == ' ' ? part : new TextPart(string.Concat(" ", part.Span)));
}
