using System.Globalization;

namespace Heed.Text.Tokenizers.PreTokenizers;

/// <summary>What the splitting patterns ask of a character.</summary>
[Flags]
internal enum CharacterClass : byte
{
    /// <summary>None of the others: punctuation, symbols, control characters.</summary>
    Other = 0,

    /// <summary><c>\p{L}</c>.</summary>
    Letter = 1,

    /// <summary><c>\p{N}</c>.</summary>
    Number = 2,

    /// <summary><c>\s</c>.</summary>
    Space = 4,

    /// <summary><c>[\r\n]</c>.</summary>
    Newline = 8,

    /// <summary><c>[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]</c>: may begin a word with capitals.</summary>
    UpperPart = 16,

    /// <summary><c>[\p{Ll}\p{Lm}\p{Lo}\p{M}]</c>: may end it.</summary>
    LowerPart = 32,
}

/// <summary>Looks up <see cref="CharacterClass"/>, by a table for the first 65,536 code points.</summary>
/// <remarks>The categories are those of .NET's own Unicode tables (16.0 in .NET 10). Characters that a newer version added may be split otherwise by libraries that know it.</remarks>
internal static class CharacterClasses
{
    private static readonly CharacterClass[] Table = [.. Enumerable.Range(0, char.MaxValue + 1).Select(character => Compute(character))];

    /// <summary>The class of the character that begins at a place, and its width in UTF-16 units.</summary>
    public static CharacterClass At(ReadOnlySpan<char> text, int place, out int width)
    {
        char first = text[place];
        if (char.IsHighSurrogate(first) && place + 1 < text.Length)
        {
            width = 2;
            return Compute(char.ConvertToUtf32(first, text[place + 1]));
        }

        width = 1;
        return Table[first];
    }

    private static CharacterClass Compute(int codePoint)
    {
        bool isSpace = codePoint <= char.MaxValue && char.IsWhiteSpace((char)codePoint);
        bool isNewline = codePoint is '\r' or '\n';
        return (isSpace ? CharacterClass.Space : CharacterClass.Other)
            | (isNewline ? CharacterClass.Newline : CharacterClass.Other)
            | OfCategory(CharUnicodeInfo.GetUnicodeCategory(codePoint));
    }

    private static CharacterClass OfCategory(UnicodeCategory category) => category switch
    {
        UnicodeCategory.UppercaseLetter or UnicodeCategory.TitlecaseLetter => CharacterClass.Letter | CharacterClass.UpperPart,
        UnicodeCategory.LowercaseLetter => CharacterClass.Letter | CharacterClass.LowerPart,
        UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter => CharacterClass.Letter | CharacterClass.UpperPart | CharacterClass.LowerPart,
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark => CharacterClass.UpperPart | CharacterClass.LowerPart,
        UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber => CharacterClass.Number,
        _ => CharacterClass.Other,
    };
}
