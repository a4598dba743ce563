using Heed.Text.Metrics.PythonRules;

namespace Heed.Text.Metrics.Tokenization;

/// <summary>A test on one code point.</summary>
internal interface ICodePointRule
{
    /// <summary>True where the rule applies.</summary>
    static abstract bool Matches(int codePoint);
}

/// <summary>A test on two code points that follow each other.</summary>
internal interface IPairRule
{
    /// <summary>True where the rule applies.</summary>
    static abstract bool Matches(int first, int second);
}

/// <summary>
/// The substitutions that metric tokenizers are made of. They scan from the left without overlap, as a regular
/// expression would, but by code point: a .NET expression sees UTF-16 units and would classify half a character.
/// </summary>
internal static class Rewrite
{
    /// <summary>Puts a space on both sides of every match: <c>s/(x)/ $1 /g</c>.</summary>
    public static void Surround<TRule>(RewriteBuffer buffer)
        where TRule : ICodePointRule
    {
        ReadOnlySpan<char> text = buffer.Text;
        for (int i = 0; i < text.Length;)
        {
            int codePoint = CodePoint.At(text, i);
            int length = CodePoint.Length(codePoint);
            bool matches = TRule.Matches(codePoint);
            if (matches)
            {
                buffer.Write(' ');
            }

            buffer.Write(text.Slice(i, length));
            if (matches)
            {
                buffer.Write(' ');
            }

            i += length;
        }

        buffer.EndPass();
    }

    /// <summary>Takes out every match: <c>s/x//g</c>.</summary>
    public static void Remove<TRule>(RewriteBuffer buffer)
        where TRule : ICodePointRule
    {
        ReadOnlySpan<char> text = buffer.Text;
        for (int i = 0; i < text.Length;)
        {
            int codePoint = CodePoint.At(text, i);
            int length = CodePoint.Length(codePoint);
            if (!TRule.Matches(codePoint))
            {
                buffer.Write(text.Slice(i, length));
            }

            i += length;
        }

        buffer.EndPass();
    }

    /// <summary>Sets the second of a matching pair apart: <c>s/(x)(y)/$1 $2 /g</c>.</summary>
    public static void SetSecondApart<TRule>(RewriteBuffer buffer)
        where TRule : IPairRule => Pairs<TRule>(buffer, spaceBefore: false);

    /// <summary>Sets the first of a matching pair apart: <c>s/(x)(y)/ $1 $2/g</c>.</summary>
    public static void SetFirstApart<TRule>(RewriteBuffer buffer)
        where TRule : IPairRule => Pairs<TRule>(buffer, spaceBefore: true);

    private static void Pairs<TRule>(RewriteBuffer buffer, bool spaceBefore)
        where TRule : IPairRule
    {
        ReadOnlySpan<char> text = buffer.Text;
        for (int i = 0; i < text.Length;)
        {
            int first = CodePoint.At(text, i);
            int second = i + CodePoint.Length(first);
            if (second < text.Length && TRule.Matches(first, CodePoint.At(text, second)))
            {
                int end = second + CodePoint.Length(CodePoint.At(text, second));
                if (spaceBefore)
                {
                    buffer.Write(' ');
                }

                buffer.Write(text[i..second]);
                buffer.Write(' ');
                buffer.Write(text[second..end]);
                if (!spaceBefore)
                {
                    buffer.Write(' ');
                }

                i = end;
            }
            else
            {
                buffer.Write(text[i..second]);
                i = second;
            }
        }

        buffer.EndPass();
    }
}
