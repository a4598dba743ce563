namespace Heed.Text.Templates.Syntax;

/// <summary>Cuts a template into text, tags and what stands in them.</summary>
/// <remarks>
/// White space: a line end behind a tag goes (<c>trim_blocks</c>), so does the indentation in front of one (<c>lstrip_blocks</c>); a minus
/// inside the tag takes all white space on its side, a plus keeps it. The last line end of the template goes.
/// </remarks>
internal sealed class TemplateScanner
{
    private readonly string source;
    private readonly string text;
    private readonly List<Token> tokens = [];
    private int place;
    private int line = 1;
    private bool startsLine = true;

    private TemplateScanner(string source, string text)
    {
        this.source = source;
        this.text = text;
    }

    /// <exception cref="TemplateException">A tag is not closed, or holds what is no sign of the language.</exception>
    public static List<Token> Scan(string source, string template)
    {
        string text = template.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        var scanner = new TemplateScanner(source, text.EndsWith('\n') ? text[..^1] : text);
        while (scanner.place < scanner.text.Length)
        {
            scanner.ScanNext();
        }

        scanner.Add(TokenKind.End, string.Empty);
        return scanner.tokens;
    }

    private void ScanNext()
    {
        int open = NextOpening();
        if (open < 0)
        {
            AddData(text[place..], text.Length);
            return;
        }

        char kind = text[open + 1];
        char sign = open + 2 < text.Length ? text[open + 2] : ' ';
        AddData(BeforeTag(text[place..open], kind, sign), open);
        int tagLine = line;
        place = open + 2 + (sign == '-' || (sign == '+' && kind == '%') ? 1 : 0);
        switch (kind)
        {
            case '#':
                SkipComment(tagLine);
                break;
            case '%' when TryRaw(tagLine):
                break;
            default:
                ScanTag(kind == '{', tagLine);
                break;
        }
    }

    private int NextOpening()
    {
        for (int at = text.IndexOf('{', place); at >= 0 && at + 1 < text.Length; at = text.IndexOf('{', at + 1))
        {
            if (text[at + 1] is '{' or '%' or '#')
            {
                return at;
            }
        }

        return -1;
    }

    private string BeforeTag(string data, char kind, char sign)
    {
        if (sign == '-')
        {
            return data.TrimEnd();
        }

        int lineStart = data.LastIndexOf('\n') + 1;
        bool isIndentation = kind != '{' && sign != '+' && (lineStart > 0 || startsLine) && string.IsNullOrWhiteSpace(data[lineStart..]);
        return isIndentation ? data[..lineStart] : data;
    }

    private void AddData(string data, int end)
    {
        if (data.Length > 0)
        {
            Add(TokenKind.Data, data);
        }

        CountLines(place, end);
        place = end;
    }

    private void SkipComment(int tagLine)
    {
        int end = text.IndexOf("#}", place, StringComparison.Ordinal);
        if (end < 0)
        {
            throw Error(tagLine, "the comment {# is never closed with #}");
        }

        CountLines(place, end);
        place = end + 2;
        BehindTag(text[end - 1], trimsLineEnd: true);
    }

    /// <summary>Everything up to <c>{% endraw %}</c> is text.</summary>
    private bool TryRaw(int tagLine)
    {
        int end = text.IndexOf("%}", place, StringComparison.Ordinal);
        if (end < 0 || text[place..end].Trim().TrimEnd('-', '+').TrimEnd() != "raw")
        {
            return false;
        }

        place = end + 2;
        BehindTag(text[end - 1], trimsLineEnd: true);
        for (int open = text.IndexOf("{%", place, StringComparison.Ordinal); open >= 0; open = text.IndexOf("{%", open + 2, StringComparison.Ordinal))
        {
            int close = text.IndexOf("%}", open, StringComparison.Ordinal);
            if (close >= 0 && text[(open + 2)..close].Trim('-', '+').Trim() == "endraw")
            {
                AddData(BeforeTag(text[place..open], '%', text[open + 2]), open);
                place = close + 2;
                BehindTag(text[close - 1], trimsLineEnd: true);
                return true;
            }
        }

        throw Error(tagLine, "{% raw %} is never closed with {% endraw %}");
    }

    private void ScanTag(bool isPrint, int tagLine)
    {
        tokens.Add(new Token(isPrint ? TokenKind.OpenPrint : TokenKind.OpenTag, isPrint ? "{{" : "{%", tagLine));
        string close = isPrint ? "}}" : "%}";
        var expression = new ExpressionScanner(source, text, place, line, tokens);
        (place, line) = expression.ScanUntil(close, tagLine);
        tokens.Add(new Token(isPrint ? TokenKind.ClosePrint : TokenKind.CloseTag, close, line));
        BehindTag(text[place - 3], trimsLineEnd: !isPrint);
    }

    // A sign in front of the closing signs belongs to them.
    private void BehindTag(char sign, bool trimsLineEnd)
    {
        int start = place;
        if (sign == '-')
        {
            while (place < text.Length && char.IsWhiteSpace(text[place]))
            {
                place++;
            }
        }
        else if (trimsLineEnd && sign != '+' && place < text.Length && text[place] == '\n')
        {
            place++;
        }

        CountLines(start, place);
        startsLine = place > start && text[place - 1] == '\n';
    }

    private void CountLines(int start, int end) => line += text.AsSpan(start, end - start).Count('\n');

    private void Add(TokenKind kind, string data) => tokens.Add(new Token(kind, data, line));

    private TemplateException Error(int where, string problem) => new(source, where, problem);
}
