namespace Heed.Text.Tokenizers.PreTokenizers;

/// <summary>
/// Finds the matches of a <see cref="SplitPattern"/> one after the other. Every character belongs to one match. Each is
/// looked at a few times at most, so no text takes long.
/// </summary>
internal ref struct PatternScanner(SplitPattern pattern, ReadOnlySpan<char> text)
{
    private const int NoMatch = -1;

    private readonly ReadOnlySpan<char> text = text;

    /// <summary>Where the match begins.</summary>
    public int Start { get; private set; }

    /// <summary>Where the match ends.</summary>
    public int End { get; private set; }

    public bool MoveNext()
    {
        Start = End;
        if (Start == text.Length)
        {
            return false;
        }

        End = NextEnd();
        return true;
    }

    // The alternatives in the order of the pattern; each gives the end of its match, or NoMatch.
    private readonly int NextEnd()
    {
        int end = pattern.HasContractions && !pattern.SplitsCase ? ContractionEnd(Start) : NoMatch;
        end = end != NoMatch ? end : pattern.SplitsCase ? CasedWordEnd() : WordEnd();
        end = end != NoMatch ? end : NumberEnd();
        end = end != NoMatch ? end : SignsEnd();
        return end != NoMatch ? end : SpacesEnd();
    }

    private readonly int ContractionEnd(int place)
    {
        if (place + 1 >= text.Length || text[place] != '\'')
        {
            return NoMatch;
        }

        char first = Fold(text[place + 1]);
        if (first is 's' or 'd' or 'm' or 't')
        {
            return place + 2;
        }

        char second = place + 2 < text.Length ? Fold(text[place + 2]) : ' ';
        return (first, second) is ('l', 'l') or ('v', 'e') or ('r', 'e') ? place + 3 : NoMatch;
    }

    // U+017F, the long s, is the only other character that equals a letter of a contraction when case is ignored.
    private readonly char Fold(char character) => !pattern.IgnoresCase ? character
        : character == '\u017F' ? 's'
        : char.IsAsciiLetterUpper(character) ? (char)(character | 0x20)
        : character;

    private readonly int WordEnd()
    {
        int start = AfterPrefix();
        int end = RunEnd(start, CharacterClass.Letter);
        return end > start ? end : NoMatch;
    }

    private readonly int CasedWordEnd()
    {
        int behindSign = AfterPrefix();
        int end = MixedEnd(behindSign);
        end = end != NoMatch ? end : MixedEnd(Start);
        end = end != NoMatch ? end : CapitalsEnd(behindSign);
        end = end != NoMatch ? end : CapitalsEnd(Start);
        int contraction = end != NoMatch && pattern.HasContractions ? ContractionEnd(end) : NoMatch;
        return contraction != NoMatch ? contraction : end;
    }

    /// <summary>Where the letters may begin: behind one sign, if there is one.</summary>
    private readonly int AfterPrefix()
    {
        if (!pattern.AnySignBeforeWord)
        {
            return text[Start] == ' ' ? Start + 1 : Start;
        }

        CharacterClass first = CharacterClasses.At(text, Start, out int width);
        bool isSign = (first & (CharacterClass.Newline | CharacterClass.Letter | CharacterClass.Number)) == 0;
        return isSign ? Start + width : Start;
    }

    /// <summary>Any upper parts, then at least one lower part.</summary>
    private readonly int MixedEnd(int start)
    {
        int place = start;
        int lastLower = NoMatch;
        while (place < text.Length)
        {
            CharacterClass next = CharacterClasses.At(text, place, out int width);
            if ((next & CharacterClass.UpperPart) == 0)
            {
                return (next & CharacterClass.LowerPart) != 0 ? RunEnd(place, CharacterClass.LowerPart) : lastLower;
            }

            place += width;
            lastLower = (next & CharacterClass.LowerPart) != 0 ? place : lastLower;
        }

        // Characters that are both, such as Chinese ones: the upper parts give back as little as is needed.
        return lastLower;
    }

    /// <summary>At least one upper part, then any lower parts.</summary>
    private readonly int CapitalsEnd(int start)
    {
        int end = RunEnd(start, CharacterClass.UpperPart);
        return end > start ? RunEnd(end, CharacterClass.LowerPart) : NoMatch;
    }

    private readonly int NumberEnd()
    {
        int start = pattern.MostDigits == 0 && text[Start] == ' ' ? Start + 1 : Start;
        int most = pattern.MostDigits == 0 ? int.MaxValue : pattern.MostDigits;
        int end = RunEnd(start, CharacterClass.Number, most);
        return end > start ? end : NoMatch;
    }

    private readonly int SignsEnd()
    {
        int start = text[Start] == ' ' ? Start + 1 : Start;
        int end = start;
        const CharacterClass excluded = CharacterClass.Space | CharacterClass.Letter | CharacterClass.Number;
        while (end < text.Length && (CharacterClasses.At(text, end, out int width) & excluded) == 0)
        {
            end += width;
        }

        if (end == start)
        {
            return NoMatch;
        }

        while (end < text.Length && pattern.LineEndsAfterSigns.Contains(text[end]))
        {
            end++;
        }

        return end;
    }

    // Here the text begins with white space. A space before a word is left to the word.
    private readonly int SpacesEnd()
    {
        int end = RunEnd(Start, CharacterClass.Space);
        bool reachesEnd = end == text.Length;
        int lastNewline = pattern.EndsAtNewline ? text[Start..end].LastIndexOfAny('\r', '\n') : NoMatch;
        if (lastNewline >= 0 && !(pattern.WholeSpaceAtEnd && reachesEnd))
        {
            return Start + lastNewline + 1;
        }

        return reachesEnd || end == Start + 1 ? end : end - 1;
    }

    private readonly int RunEnd(int place, CharacterClass wanted, int most = int.MaxValue)
    {
        for (int count = 0; count < most && place < text.Length; count++)
        {
            if ((CharacterClasses.At(text, place, out int width) & wanted) == 0)
            {
                break;
            }

            place += width;
        }

        return place;
    }
}
