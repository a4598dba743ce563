using Heed.Text.Templates.Values;

namespace Heed.Text.Templates.Nodes;

/// <summary>How the work goes on behind a statement.</summary>
internal enum Flow
{
    /// <summary>With the next.</summary>
    Next,

    /// <summary>Behind the loop.</summary>
    Break,

    /// <summary>With the loop's next entry.</summary>
    Continue,
}

/// <summary>A part of a template that writes or sets something.</summary>
internal abstract class Statement
{
    public abstract Flow Render(Scope scope);
}

/// <summary>Statements one behind the other.</summary>
internal sealed class Block(IReadOnlyList<Statement> statements) : Statement
{
    public override Flow Render(Scope scope)
    {
        foreach (Statement statement in statements)
        {
            if (statement.Render(scope) is not Flow.Next and var flow)
            {
                return flow;
            }
        }

        return Flow.Next;
    }
}

/// <summary>Text as it stands.</summary>
internal sealed class TextStatement(string text) : Statement
{
    public override Flow Render(Scope scope)
    {
        scope.Context.Write(text);
        return Flow.Next;
    }
}

/// <summary><c>{{ value }}</c>.</summary>
internal sealed class PrintStatement(int line, Expression value) : Statement
{
    public override Flow Render(Scope scope)
    {
        scope.Context.Visit(line);
        scope.Context.Write(TemplateText.Of(value.Evaluate(scope)));
        return Flow.Next;
    }
}

/// <summary><c>{% break %}</c> and <c>{% continue %}</c>.</summary>
internal sealed class FlowStatement(Flow flow) : Statement
{
    public override Flow Render(Scope scope) => flow;
}

/// <summary><c>{% if %}</c> with its <c>elif</c> and <c>else</c>.</summary>
internal sealed class IfStatement(int line, IReadOnlyList<(Expression Condition, Block Body)> cases, Block? otherwise) : Statement
{
    public override Flow Render(Scope scope)
    {
        scope.Context.Visit(line);
        foreach ((Expression condition, Block body) in cases)
        {
            if (TemplateValue.IsTrue(condition.Evaluate(scope)))
            {
                return body.Render(scope);
            }
        }

        return otherwise?.Render(scope) ?? Flow.Next;
    }
}
