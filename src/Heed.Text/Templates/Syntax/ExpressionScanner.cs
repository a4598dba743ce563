using System.Globalization;
using System.Text;

namespace Heed.Text.Templates.Syntax;

/// <summary>Cuts what stands in a tag into names, numbers, texts and signs.</summary>
internal sealed class ExpressionScanner(string source, string text, int place, int line, List<Token> tokens)
{
    private static readonly string[] Operators =
        ["**", "//", "==", "!=", "<=", ">=", "+", "-", "*", "/", "%", "~", "<", ">", "=", "(", ")", "[", "]", "{", "}", ",", ".", ":", "|"];

    private int place = place;
    private int line = line;
    private int depth;

    /// <summary>Reads up to a tag's closing signs.</summary>
    /// <returns>The place behind them, and its line.</returns>
    public (int Place, int Line) ScanUntil(string close, int openLine)
    {
        while (place < text.Length)
        {
            char c = text[place];
            if (char.IsWhiteSpace(c))
            {
                line += c == '\n' ? 1 : 0;
                place++;
            }
            else if (depth == 0 && ClosingLength(close) is > 0 and int length)
            {
                return (place + length, line);
            }
            else
            {
                ScanToken(c);
            }
        }

        throw new TemplateException(source, openLine, $"the tag is never closed with {close}");
    }

    private int ClosingLength(string close)
    {
        ReadOnlySpan<char> rest = text.AsSpan(place);
        bool hasSign = rest[0] == '-' || (rest[0] == '+' && close == "%}");
        return rest.StartsWith(close, StringComparison.Ordinal) ? close.Length
            : hasSign && rest[1..].StartsWith(close, StringComparison.Ordinal) ? close.Length + 1
            : 0;
    }

    private void ScanToken(char c)
    {
        if (c == '_' || char.IsLetter(c))
        {
            Take(TokenKind.Name, LengthWhile(place, each => each == '_' || char.IsLetterOrDigit(each)));
        }
        else if (char.IsAsciiDigit(c))
        {
            ScanNumber();
        }
        else if (c is '\'' or '"')
        {
            ScanText(c);
        }
        else if (Operators.FirstOrDefault(sign => string.CompareOrdinal(text, place, sign, 0, sign.Length) == 0) is { } found)
        {
            depth += found is "(" or "[" or "{" ? 1 : found is ")" or "]" or "}" ? -1 : 0;
            Take(TokenKind.Operator, found.Length);
        }
        else
        {
            throw new TemplateException(source, line, $"\"{c}\" is no sign of the language");
        }
    }

    private void ScanNumber()
    {
        int end = place + LengthWhile(place, IsDigit);
        bool isFloat = false;
        if (end + 1 < text.Length && text[end] == '.' && char.IsAsciiDigit(text[end + 1]))
        {
            isFloat = true;
            end += 1 + LengthWhile(end + 1, IsDigit);
        }

        int exponent = end + 1 < text.Length && text[end + 1] is '+' or '-' ? end + 2 : end + 1;
        if (end < text.Length && text[end] is 'e' or 'E' && exponent < text.Length && char.IsAsciiDigit(text[exponent]))
        {
            isFloat = true;
            end = exponent + LengthWhile(exponent, IsDigit);
        }

        Take(isFloat ? TokenKind.Float : TokenKind.Integer, end - place);

        static bool IsDigit(char c) => c == '_' || char.IsAsciiDigit(c);
    }

    private void ScanText(char quote)
    {
        int startLine = line;
        var content = new StringBuilder();
        for (place++; place < text.Length && text[place] != quote; place++)
        {
            line += text[place] == '\n' ? 1 : 0;
            if (text[place] == '\\' && place + 1 < text.Length)
            {
                place++;
                AppendEscaped(content);
            }
            else
            {
                content.Append(text[place]);
            }
        }

        if (place == text.Length)
        {
            throw new TemplateException(source, startLine, $"the text that begins with {quote} never ends");
        }

        place++;
        tokens.Add(new Token(TokenKind.Text, content.ToString(), startLine));
    }

    private void AppendEscaped(StringBuilder content)
    {
        char c = text[place];
        int digits = c switch { 'x' => 2, 'u' => 4, _ => 0 };
        if (digits > 0 && place + digits < text.Length && ushort.TryParse(text.AsSpan(place + 1, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort code))
        {
            content.Append((char)code);
            place += digits;
            return;
        }

        _ = c switch
        {
            'n' => content.Append('\n'),
            't' => content.Append('\t'),
            'r' => content.Append('\r'),
            'b' => content.Append('\b'),
            'f' => content.Append('\f'),
            '\n' => content,
            '\\' or '\'' or '"' => content.Append(c),
            _ => content.Append('\\').Append(c),
        };
    }

    private int LengthWhile(int start, Func<char, bool> holds)
    {
        int end = start;
        while (end < text.Length && holds(text[end]))
        {
            end++;
        }

        return end - start;
    }

    private void Take(TokenKind kind, int length)
    {
        tokens.Add(new Token(kind, text.Substring(place, length), line));
        place += length;
    }
}
