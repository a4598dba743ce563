using Heed.Text.Templates.Nodes;

namespace Heed.Text.Templates.Syntax;

/// <summary>Reads the tags of a template.</summary>
internal sealed class StatementParser
{
    private static readonly string[] Tags = ["break", "continue", "for", "generation", "if", "macro", "raw", "set"];

    private readonly TokenReader reader;
    private readonly ExpressionParser expressions;
    private int loops;

    public StatementParser(string source, IReadOnlyList<Token> tokens)
    {
        reader = new TokenReader(source, tokens);
        expressions = new ExpressionParser(reader);
    }

    /// <exception cref="TemplateException">The template is malformed.</exception>
    public Block ParseTemplate()
    {
        Block body = ParseBlock();
        return reader.Current.Kind == TokenKind.End ? body : throw reader.Error($"\"{reader.Next.Text}\" closes nothing that is open here");
    }

    /// <summary>Reads up to one of some tags, and stays in front of it.</summary>
    private Block ParseBlock(params ReadOnlySpan<string> ends)
    {
        string[] closing = ends.ToArray();
        return reader.Within(() =>
        {
            var statements = new List<Statement>();
            while (reader.Current.Kind != TokenKind.End && !(reader.Current.Kind == TokenKind.OpenTag && IsClosing(reader.Next, closing)))
            {
                statements.Add(ParseStatement());
            }

            return new Block(statements);
        });
    }

    private static bool IsClosing(Token tag, string[] closing) => closing.Contains(tag.Text) || (tag.Kind == TokenKind.Name && (tag.Text.StartsWith("end", StringComparison.Ordinal) || tag.Text is "else" or "elif"));

    private Statement ParseStatement()
    {
        Token token = reader.Take();
        switch (token.Kind)
        {
            case TokenKind.Data:
                return new TextStatement(token.Text);
            case TokenKind.OpenPrint:
                Expression value = expressions.ParseTuple();
                reader.Require(TokenKind.ClosePrint, "}}");
                return new PrintStatement(token.Line, value);
            default:
                return ParseTag();
        }
    }

    private Statement ParseTag()
    {
        int line = reader.Current.Line;
        string name = reader.RequireName("the name of a tag");
        switch (name)
        {
            case "if":
                return ParseIf(line);
            case "for":
                return ParseFor(line);
            case "set":
                return ParseSet(line);
            case "macro":
                return ParseMacro(line);
            case "generation": // marks what a model is trained on
                CloseTag();
                Block body = ParseBlock("endgeneration");
                End("endgeneration", line);
                return body;
            case "break" or "continue" when loops > 0:
                CloseTag();
                return new FlowStatement(name == "break" ? Flow.Break : Flow.Continue);
            case "break" or "continue":
                throw reader.Error(line, $"{name} stands outside of every loop");
            default:
                throw reader.Error(line, $"the tag \"{name}\" is not known; known are {string.Join(", ", Tags)}");
        }
    }

    private IfStatement ParseIf(int line)
    {
        var cases = new List<(Expression, Block)>();
        Block? otherwise = null;
        do
        {
            Expression condition = expressions.ParseTuple();
            CloseTag();
            cases.Add((condition, ParseBlock("elif", "else", "endif")));
        }
        while (TryOpen("elif"));
        if (TryOpen("else"))
        {
            CloseTag();
            otherwise = ParseBlock("endif");
        }

        End("endif", line);
        return new IfStatement(line, cases, otherwise);
    }

    private ForStatement ParseFor(int line)
    {
        Target target = ParseTargets();
        reader.Require("in");
        Expression entries = expressions.ParseWithoutChoice();
        Expression? condition = reader.TryTake("if") ? expressions.Parse() : null;
        if (reader.Current.Is("recursive"))
        {
            throw reader.Error("recursive loops are not supported");
        }

        CloseTag();
        loops++;
        Block body = ParseBlock("else", "endfor");
        loops--;
        Block? otherwise = null;
        if (TryOpen("else"))
        {
            CloseTag();
            otherwise = ParseBlock("endfor");
        }

        End("endfor", line);
        return new ForStatement(line, target, entries, condition, body, otherwise);
    }

    private Statement ParseSet(int line)
    {
        Target target = ParseTargets();
        if (reader.TryTake("="))
        {
            Expression value = expressions.ParseTuple();
            CloseTag();
            return new SetStatement(line, target, value);
        }

        var written = new WrittenText(line);
        Expression filtered = expressions.ParseFilters(written);
        CloseTag();
        Block body = ParseBlock("endset");
        End("endset", line);
        return new SetBlockStatement(line, target, written, filtered, body);
    }

    private MacroStatement ParseMacro(int line)
    {
        string name = reader.RequireName("the name of the macro");
        reader.Require("(");
        var parameters = new List<(string, Expression?)>();
        while (!reader.TryTake(")"))
        {
            string parameter = reader.RequireName("the name of a parameter");
            parameters.Add((parameter, reader.TryTake("=") ? expressions.Parse() : null));
            if (!reader.Current.Is(")"))
            {
                reader.Require(",");
            }
        }

        CloseTag();
        int outside = loops;
        loops = 0;
        Block body = ParseBlock("endmacro");
        loops = outside;
        End("endmacro", line);
        return new MacroStatement(line, name, parameters, body);
    }

    private Target ParseTargets()
    {
        var targets = new List<Target>();
        bool hasParentheses = reader.TryTake("(");
        do
        {
            string name = reader.RequireName("a name");
            targets.Add(reader.TryTake(".") ? new MemberTarget(name, reader.RequireName("a name behind \".\"")) : new NameTarget(name));
        }
        while (reader.TryTake(","));
        if (hasParentheses)
        {
            reader.Require(")");
        }

        return targets.Count == 1 ? targets[0] : new SeveralTargets(targets);
    }

    private bool TryOpen(string tag)
    {
        if (reader.Current.Kind != TokenKind.OpenTag || !reader.Next.Is(tag))
        {
            return false;
        }

        reader.Take();
        reader.Take();
        return true;
    }

    private void End(string tag, int openLine)
    {
        if (!TryOpen(tag))
        {
            string found = reader.Current.Kind == TokenKind.OpenTag ? reader.Next.ToString() : reader.Current.ToString();
            throw reader.Error($"expected {{% {tag} %}} for the tag of line {openLine}, found {found}");
        }

        CloseTag();
    }

    private void CloseTag() => reader.Require(TokenKind.CloseTag, "%}");
}
