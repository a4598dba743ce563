using System.Globalization;
using Heed.Text.Templates.Library;
using Heed.Text.Templates.Nodes;

namespace Heed.Text.Templates.Syntax;

/// <summary>Reads expressions, from the loosest binding to the tightest: choice, or, and, not, comparison, sum, joining, product, power, sign, filter and test.</summary>
internal sealed class ExpressionParser(TokenReader reader)
{
    private static readonly string[] Comparisons = ["==", "!=", "<", "<=", ">", ">="];
    private static readonly string[] EndsTest = ["else", "or", "and", "is", "if", "not", "in"];

    /// <summary>An expression; several with commas between are a list.</summary>
    public Expression ParseTuple()
    {
        int line = reader.Current.Line;
        Expression first = Parse();
        if (!reader.Current.Is(","))
        {
            return first;
        }

        var entries = new List<Expression> { first };
        while (reader.TryTake(",") && StartsExpression())
        {
            entries.Add(Parse());
        }

        return new ListLiteral(line, entries);
    }

    public Expression Parse() => reader.Within(() =>
    {
        Expression value = ParseOr();
        for (int length = 1; reader.Current.Is("if"); length++)
        {
            reader.Chain(length);
            int line = reader.Take().Line;
            Expression condition = ParseOr();
            value = new Choice(line, condition, value, reader.TryTake("else") ? Parse() : null);
        }

        return value;
    });

    /// <summary>An expression without a choice, as what a loop goes through: an <c>if</c> behind it is the loop's.</summary>
    public Expression ParseWithoutChoice()
    {
        int line = reader.Current.Line;
        var entries = new List<Expression> { ParseOr() };
        while (reader.TryTake(","))
        {
            entries.Add(ParseOr());
        }

        return entries.Count == 1 ? entries[0] : new ListLiteral(line, entries);
    }

    /// <summary>Filters behind a value.</summary>
    public Expression ParseFilters(Expression value)
    {
        for (int length = 1; reader.Current.Is("|"); length++)
        {
            reader.Chain(length);
            reader.Take();
            value = ParseFilter(value);
        }

        return value;
    }

    private Expression ParseOr()
    {
        Expression left = ParseAnd();
        for (int length = 1; reader.Current.Is("or"); length++)
        {
            reader.Chain(length);
            left = new Logic(reader.Take().Line, left, ParseAnd(), isAnd: false);
        }

        return left;
    }

    private Expression ParseAnd()
    {
        Expression left = ParseNot();
        for (int length = 1; reader.Current.Is("and"); length++)
        {
            reader.Chain(length);
            left = new Logic(reader.Take().Line, left, ParseNot(), isAnd: true);
        }

        return left;
    }

    private Expression ParseNot() => reader.Current.Is("not") ? reader.Within(() => new Negation(reader.Take().Line, ParseNot())) : ParseComparison();

    private Expression ParseComparison()
    {
        Expression first = ParseSum();
        var steps = new List<(string Operator, Expression Right)>();
        int line = reader.Current.Line;
        while (TakeComparison() is { } found)
        {
            steps.Add((found, ParseSum()));
        }

        return steps.Count == 0 ? first : new Comparison(line, first, steps);
    }

    private string? TakeComparison()
    {
        if (reader.Current.Is("in"))
        {
            return reader.Take().Text;
        }

        if (reader.Current.Is("not") && reader.Next.Is("in"))
        {
            reader.Take();
            reader.Take();
            return "not in";
        }

        return reader.Current.Kind == TokenKind.Operator && Comparisons.Contains(reader.Current.Text) ? reader.Take().Text : null;
    }

    private Expression ParseSum() => ParseBinary(["+", "-"], ParseJoin);

    private Expression ParseJoin() => ParseBinary(["~"], ParseProduct);

    private Expression ParseProduct() => ParseBinary(["*", "/", "//", "%"], ParsePower);

    private Expression ParsePower() => ParseBinary(["**"], () => ParseSign(withFilters: true));

    private Expression ParseBinary(string[] operators, Func<Expression> parse)
    {
        Expression left = parse();
        for (int length = 1; reader.Current.Kind == TokenKind.Operator && operators.Contains(reader.Current.Text); length++)
        {
            reader.Chain(length);
            Token found = reader.Take();
            left = new Arithmetic(found.Line, found.Text, left, parse());
        }

        return left;
    }

    private Expression ParseSign(bool withFilters)
    {
        int line = reader.Current.Line;
        Expression value = reader.TryTake("-") ? new Arithmetic(line, "-", new Literal(line, 0L), reader.Within(() => ParseSign(withFilters: false)))
            : reader.TryTake("+") ? new Arithmetic(line, "+", new Literal(line, 0L), reader.Within(() => ParseSign(withFilters: false)))
            : ParsePrimary();
        value = ParsePostfix(value);
        return withFilters ? ParseFiltersAndTests(value) : value;
    }

    private Expression ParsePrimary()
    {
        Token token = reader.Take();
        return token.Kind switch
        {
            TokenKind.Name => token.Text switch
            {
                "true" or "True" => new Literal(token.Line, true),
                "false" or "False" => new Literal(token.Line, false),
                "none" or "None" => new Literal(token.Line, null),
                _ => new Variable(token.Line, token.Text),
            },
            TokenKind.Text => new Literal(token.Line, JoinTexts(token.Text)),
            TokenKind.Integer => new Literal(token.Line, Whole(token)),
            TokenKind.Float => new Literal(token.Line, double.Parse(token.Text.Replace("_", string.Empty, StringComparison.Ordinal), CultureInfo.InvariantCulture)),
            TokenKind.Operator when token.Text == "(" => ParseParentheses(token.Line),
            TokenKind.Operator when token.Text == "[" => new ListLiteral(token.Line, ParseEntries("]")),
            TokenKind.Operator when token.Text == "{" => ParseMap(token.Line),
            _ => throw reader.Error(token.Line, $"expected a value, found {token}"),
        };
    }

    private long Whole(Token token) => long.TryParse(token.Text.Replace("_", string.Empty, StringComparison.Ordinal), NumberStyles.None, CultureInfo.InvariantCulture, out long number)
        ? number
        : throw reader.Error(token.Line, $"the number {token.Text} is too large");

    private string JoinTexts(string first)
    {
        var all = new System.Text.StringBuilder(first);
        while (reader.Current.Kind == TokenKind.Text)
        {
            all.Append(reader.Take().Text);
        }

        return all.ToString();
    }

    private Expression ParseParentheses(int line)
    {
        if (reader.TryTake(")"))
        {
            return new ListLiteral(line, []);
        }

        Expression value = ParseTuple();
        reader.Require(")");
        return value;
    }

    private List<Expression> ParseEntries(string close)
    {
        var entries = new List<Expression>();
        while (!reader.TryTake(close))
        {
            entries.Add(Parse());
            if (!reader.Current.Is(close))
            {
                reader.Require(",");
            }
        }

        return entries;
    }

    private MapLiteral ParseMap(int line)
    {
        var entries = new List<(Expression, Expression)>();
        while (!reader.TryTake("}"))
        {
            Expression key = Parse();
            reader.Require(":");
            entries.Add((key, Parse()));
            if (!reader.Current.Is("}"))
            {
                reader.Require(",");
            }
        }

        return new MapLiteral(line, entries);
    }

    private Expression ParsePostfix(Expression value)
    {
        for (int length = 1; ; length++)
        {
            reader.Chain(length);
            int line = reader.Current.Line;
            if (reader.TryTake("."))
            {
                value = reader.Current.Kind == TokenKind.Integer
                    ? new Subscript(line, value, new Literal(line, Whole(reader.Take())))
                    : new Member(line, value, reader.RequireName("a name behind \".\""));
            }
            else if (reader.TryTake("["))
            {
                value = ParseSubscript(line, value);
            }
            else if (reader.Current.Is("("))
            {
                value = new Call(line, value, ParseArguments());
            }
            else
            {
                return value;
            }
        }
    }

    private Expression ParseSubscript(int line, Expression value)
    {
        Expression? start = reader.Current.Is(":") ? null : ParseTuple();
        if (start is not null && reader.TryTake("]"))
        {
            return new Subscript(line, value, start);
        }

        reader.Require(":");
        Expression? stop = reader.Current.Is(":") || reader.Current.Is("]") ? null : Parse();
        Expression? step = reader.TryTake(":") && !reader.Current.Is("]") ? Parse() : null;
        reader.Require("]");
        return new Slice(line, value, start, stop, step);
    }

    private ArgumentList ParseArguments()
    {
        reader.Require("(");
        var positional = new List<Expression>();
        var named = new List<(string, Expression)>();
        while (!reader.TryTake(")"))
        {
            if (reader.Current.Kind == TokenKind.Name && reader.Next.Is("="))
            {
                string name = reader.Take().Text;
                reader.Take();
                named.Add((name, Parse()));
            }
            else if (named.Count > 0)
            {
                throw reader.Error("an argument without a name stands behind one with a name");
            }
            else
            {
                positional.Add(Parse());
            }

            if (!reader.Current.Is(")"))
            {
                reader.Require(",");
            }
        }

        return new ArgumentList(positional, named);
    }

    private Expression ParseFiltersAndTests(Expression value)
    {
        for (int length = 1; ; length++)
        {
            reader.Chain(length);
            if (reader.Current.Is("|"))
            {
                value = ParseFilters(value);
            }
            else if (reader.Current.Is("is"))
            {
                value = ParseTest(value);
            }
            else if (reader.Current.Is("("))
            {
                value = new Call(reader.Current.Line, value, ParseArguments());
            }
            else
            {
                return value;
            }
        }
    }

    private FilterCall ParseFilter(Expression value)
    {
        int line = reader.Current.Line;
        string name = reader.RequireName("the name of a filter");
        if (!Filters.Known.TryGetValue(name, out Filter? filter))
        {
            throw reader.Error(line, $"there is no filter \"{name}\"; known are {string.Join(", ", Filters.Known.Keys.Order(StringComparer.Ordinal))}");
        }

        return new FilterCall(line, filter, value, reader.Current.Is("(") ? ParseArguments() : ArgumentList.Empty);
    }

    private Expression ParseTest(Expression value)
    {
        int line = reader.Take().Line;
        bool isNegated = reader.TryTake("not");
        string name = reader.RequireName("the name of a test");
        if (!Tests.Known.TryGetValue(name, out Test? test))
        {
            throw reader.Error(line, $"there is no test \"{name}\"; known are {string.Join(", ", Tests.Known.Keys.Order(StringComparer.Ordinal))}");
        }

        ArgumentList arguments = reader.Current.Is("(") ? ParseArguments()
            : StartsValue() && !EndsTest.Contains(reader.Current.Text) ? new ArgumentList([ParsePostfix(ParsePrimary())], [])
            : ArgumentList.Empty;
        var call = new TestCall(line, test, value, arguments);
        return isNegated ? new Negation(line, call) : call;
    }

    private bool StartsValue() => reader.Current.Kind is TokenKind.Name or TokenKind.Text or TokenKind.Integer or TokenKind.Float || reader.Current.Is("[") || reader.Current.Is("{");

    private bool StartsExpression() => StartsValue() || reader.Current.Is("(") || reader.Current.Is("-") || reader.Current.Is("+");
}
