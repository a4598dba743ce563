using Heed.Text.Templates.Values;

namespace Heed.Text.Templates.Nodes;

/// <summary><c>a if condition else b</c>.</summary>
internal sealed class Choice(int line, Expression condition, Expression value, Expression? otherwise) : Expression(line)
{
    protected override object? Compute(Scope scope) => TemplateValue.IsTrue(condition.Evaluate(scope)) ? value.Evaluate(scope)
        : otherwise is null ? new Undefined("the value of an if without else")
        : otherwise.Evaluate(scope);
}

/// <summary><c>a and b</c>, <c>a or b</c>: one of the two values, the second only looked at where the first does not decide.</summary>
internal sealed class Logic(int line, Expression left, Expression right, bool isAnd) : Expression(line)
{
    protected override object? Compute(Scope scope)
    {
        object? first = left.Evaluate(scope);
        return TemplateValue.IsTrue(first) == isAnd ? right.Evaluate(scope) : first;
    }
}

/// <summary><c>not a</c>.</summary>
internal sealed class Negation(int line, Expression value) : Expression(line)
{
    protected override object? Compute(Scope scope) => !TemplateValue.IsTrue(value.Evaluate(scope));
}

/// <summary><c>a &lt; b</c>; <c>a &lt; b &lt; c</c> compares each with the next.</summary>
internal sealed class Comparison(int line, Expression first, IReadOnlyList<(string Operator, Expression Right)> steps) : Expression(line)
{
    protected override object? Compute(Scope scope)
    {
        object? left = first.Evaluate(scope);
        foreach ((string sign, Expression expression) in steps)
        {
            object? right = expression.Evaluate(scope);
            Return(scope);
            if (!Holds(scope.Context, sign, left, right))
            {
                return false;
            }

            left = right;
        }

        return true;
    }

    /// <summary>Whether a value is among those of another: an entry, a key, a part of a text.</summary>
    public static bool IsIn(RenderContext context, object? value, object? all) => all switch
    {
        string text => value is string part ? text.Contains(part, StringComparison.Ordinal) : throw context.Error($"{TemplateValue.KindOf(value)} cannot be looked for in a text"),
        OrderedDictionary<string, object?> map => value is string key && map.ContainsKey(key),
        _ => context.Entries(all).Any(entry => TemplateValue.Equals(entry, value)),
    };

    private static bool Holds(RenderContext context, string sign, object? left, object? right) => sign switch
    {
        "==" => TemplateValue.Equals(left, right),
        "!=" => !TemplateValue.Equals(left, right),
        "in" => IsIn(context, left, right),
        "not in" => !IsIn(context, left, right),
        _ => TemplateValue.Compare(left, right) is { } order
            ? sign switch { "<" => order < 0, "<=" => order <= 0, ">" => order > 0, _ => order >= 0 }
            : throw context.Error($"{TemplateValue.KindOf(left)} and {TemplateValue.KindOf(right)} have no order"),
    };
}
