namespace Heed.Text.Templates.Syntax;

/// <summary>Walks over the parts of a template.</summary>
internal sealed class TokenReader(string source, IReadOnlyList<Token> tokens)
{
    private const int MostDepth = 100;
    private const int LongestChain = 2500; // evaluated one within the other

    private int place;
    private int depth;

    public Token Current => tokens[place];

    public Token Next => tokens[Math.Min(place + 1, tokens.Count - 1)];

    public Token Take() => tokens[place < tokens.Count - 1 ? place++ : place];

    public bool TryTake(string text)
    {
        bool found = Current.Is(text);
        place += found ? 1 : 0;
        return found;
    }

    public void Require(string text)
    {
        if (!TryTake(text))
        {
            throw Error($"expected \"{text}\", found {Current}");
        }
    }

    public string RequireName(string what) => Current.Kind == TokenKind.Name ? Take().Text : throw Error($"expected {what}, found {Current}");

    public void Require(TokenKind kind, string text)
    {
        if (Current.Kind != kind)
        {
            throw Error($"expected {text}, found {Current}");
        }

        place++;
    }

    /// <summary>Reads something that lies within something else; a template cannot nest without end.</summary>
    public T Within<T>(Func<T> read)
    {
        if (++depth > MostDepth)
        {
            throw Error($"tags and brackets are nested more than {MostDepth} deep");
        }

        T result = read();
        depth--;
        return result;
    }

    /// <summary>Counts the parts of a chain such as <c>a + b + c</c>, which is evaluated from the inside out.</summary>
    public void Chain(int length)
    {
        if (length > LongestChain)
        {
            throw Error($"values are nested more than {LongestChain} deep");
        }
    }

    public TemplateException Error(string problem) => Error(Current.Line, problem);

    public TemplateException Error(int line, string problem) => new(source, line, problem);
}
