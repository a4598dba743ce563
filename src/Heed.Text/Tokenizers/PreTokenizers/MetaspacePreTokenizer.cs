using Heed.Text.Tokenizers.Pipeline;

namespace Heed.Text.Tokenizers.PreTokenizers;

/// <summary>Writes spaces as a visible mark, puts one in front, and cuts before each.</summary>
/// <param name="mark">What a space is written as, U+2581 as a rule.</param>
/// <param name="prefix">Where a mark is put in front of a text that does not begin with one.</param>
/// <param name="splits">Whether the text is cut before each mark.</param>
internal sealed class MetaspacePreTokenizer(char mark, PrefixScheme prefix, bool splits) : PreTokenizer
{
    private readonly DelimiterPreTokenizer splitter = new(Delimiters.Literal(mark.ToString()), DelimiterBehavior.MergedWithNext);

    public override void Split(TextPart part, bool startsText, List<TextPart> output)
    {
        string text = part.ToString().Replace(' ', mark);
        bool wantsPrefix = prefix == PrefixScheme.Always || (prefix == PrefixScheme.First && startsText);
        var marked = new TextPart(wantsPrefix && text[0] != mark ? mark + text : text);
        if (splits)
        {
            splitter.Split(marked, startsText, output);
        }
        else
        {
            output.Add(marked);
        }
    }
}
