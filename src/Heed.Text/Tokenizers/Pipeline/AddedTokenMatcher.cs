using System.Globalization;
using System.Text;
using Heed.Text.Tokenizers.Unigram;

namespace Heed.Text.Tokenizers.Pipeline;

/// <summary>Cuts a text at the added tokens in it: at each place the longest one, from left to right.</summary>
internal sealed class AddedTokenMatcher
{
    private readonly AddedToken[] tokens;
    private readonly PieceTrie trie;
    private readonly System.Buffers.SearchValues<char> firstCharacters;

    /// <param name="tokens">The tokens to look for; of equal ones the last counts.</param>
    /// <param name="pattern">What is looked for, by token.</param>
    public AddedTokenMatcher(IEnumerable<AddedToken> tokens, Func<AddedToken, string> pattern)
    {
        var byPattern = new Dictionary<string, AddedToken>(StringComparer.Ordinal);
        foreach (AddedToken token in tokens)
        {
            if (pattern(token) is { Length: > 0 } text)
            {
                byPattern[text] = token;
            }
        }

        this.tokens = [.. byPattern.Values];
        trie = new PieceTrie(byPattern.Keys);
        firstCharacters = System.Buffers.SearchValues.Create([.. byPattern.Keys.Select(text => text[0]).Distinct()]);
    }

    public bool IsEmpty => tokens.Length == 0;

    /// <summary>Calls back for each stretch of text between tokens, and for each token.</summary>
    public void Split(string text, Action<string> onText, Action<AddedToken> onToken)
    {
        int done = 0;
        int start = 0;
        while (start < text.Length)
        {
            int found = text.AsSpan(start).IndexOfAny(firstCharacters);
            if (found < 0)
            {
                break;
            }

            start += found;
            AddedToken? token = Longest(text, start, out int end);
            if (token is null || (token.IsSingleWord && (TouchesWord(text, start - 1) || TouchesWord(text, end))))
            {
                start++;
                continue;
            }

            int left = token.StripsLeft ? LeftOfSpaces(text, start, done) : start;
            if (left > done)
            {
                onText(text[done..left]);
            }

            onToken(token);
            done = token.StripsRight ? RightOfSpaces(text, end) : end;
            start = done;
        }

        if (done < text.Length)
        {
            onText(done == 0 ? text : text[done..]);
        }
    }

    private AddedToken? Longest(string text, int start, out int end)
    {
        AddedToken? longest = null;
        end = start;
        int node = PieceTrie.Root;
        for (int place = start; place < text.Length;)
        {
            int codePoint = char.IsSurrogatePair(text, place) ? char.ConvertToUtf32(text, place) : text[place];
            place += codePoint > char.MaxValue ? 2 : 1;
            node = trie.Child(node, codePoint);
            if (node == PieceTrie.None)
            {
                break;
            }

            if (trie.PieceAt(node) is >= 0 and int found)
            {
                (longest, end) = (tokens[found], place);
            }
        }

        return longest;
    }

    private static bool TouchesWord(string text, int place) => place >= 0 && place < text.Length
        && (text[place] == '_' || char.IsLetterOrDigit(text, place)
            || char.GetUnicodeCategory(text, place) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark);

    private static int LeftOfSpaces(string text, int place, int least)
    {
        while (place > least && char.IsWhiteSpace(text[place - 1]))
        {
            place--;
        }

        return place;
    }

    private static int RightOfSpaces(string text, int place)
    {
        while (place < text.Length && char.IsWhiteSpace(text[place]))
        {
            place++;
        }

        return place;
    }
}
