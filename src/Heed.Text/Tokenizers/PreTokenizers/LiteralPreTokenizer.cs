using Heed.Text.Tokenizers.Pipeline;

namespace Heed.Text.Tokenizers.PreTokenizers;

/// <summary>Makes each occurrence of some strings a word of its own, the longest at each place.</summary>
internal sealed class LiteralPreTokenizer(IEnumerable<string> literals) : PreTokenizer
{
    private readonly AddedTokenMatcher matcher = new(literals.Select((text, place) => new AddedToken(place, text)), token => token.Content);

    public override void Split(TextPart part, bool startsText, List<TextPart> output) =>
        matcher.Split(part.ToString(), text => output.Add(new TextPart(text)), token => output.Add(new TextPart(token.Content)));
}
