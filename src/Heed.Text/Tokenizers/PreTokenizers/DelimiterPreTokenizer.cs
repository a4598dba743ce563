using Heed.Text.Tokenizers.Pipeline;

namespace Heed.Text.Tokenizers.PreTokenizers;

/// <summary>Cuts a text at delimiters.</summary>
/// <param name="matchLength">The length of the delimiter that a text begins with; 0 if it begins with none.</param>
/// <param name="behavior">What becomes of a delimiter.</param>
internal sealed class DelimiterPreTokenizer(Func<ReadOnlySpan<char>, int> matchLength, DelimiterBehavior behavior) : PreTokenizer
{
    public override void Split(TextPart part, bool startsText, List<TextPart> output)
    {
        var pieces = new List<(int Start, int End, bool IsDelimiter)>();
        foreach ((int start, int end, bool isDelimiter) in Pieces(part))
        {
            bool joins = pieces.Count > 0 && behavior switch
            {
                DelimiterBehavior.Contiguous => isDelimiter == pieces[^1].IsDelimiter,
                DelimiterBehavior.MergedWithPrevious => isDelimiter && !pieces[^1].IsDelimiter,
                DelimiterBehavior.MergedWithNext => !isDelimiter && pieces[^1].IsDelimiter,
                _ => false,
            };

            // What was joined counts as its last part, so that of several delimiters only one joins.
            if (joins)
            {
                pieces[^1] = (pieces[^1].Start, end, isDelimiter);
            }
            else
            {
                pieces.Add((start, end, isDelimiter));
            }
        }

        foreach ((int start, int end, bool isDelimiter) in pieces)
        {
            if (!(isDelimiter && behavior == DelimiterBehavior.Removed))
            {
                output.Add(part.Slice(start, end - start));
            }
        }
    }

    private List<(int Start, int End, bool IsDelimiter)> Pieces(TextPart part)
    {
        var pieces = new List<(int, int, bool)>();
        int done = 0;
        for (int place = 0; place < part.Length;)
        {
            int length = matchLength(part.Span[place..]);
            if (length == 0)
            {
                place++;
                continue;
            }

            if (place > done)
            {
                pieces.Add((done, place, false));
            }

            done = place += length;
            pieces.Add((done - length, done, true));
        }

        if (done < part.Length)
        {
            pieces.Add((done, part.Length, false));
        }

        return pieces;
    }
}
