using Heed.Text.Tokenizers.Pipeline;

namespace Heed.Text.Tokenizers.PreTokenizers;

/// <summary>Writes each piece of text as the stand-ins of its bytes, where something after it wants to see those.</summary>
internal sealed class ByteLevelPreTokenizer : PreTokenizer
{
    public override void Split(TextPart part, bool startsText, List<TextPart> output) => output.Add(new TextPart(ByteSymbols.Of(part.Span)));
}
