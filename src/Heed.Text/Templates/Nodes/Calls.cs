using Heed.Text.Templates.Library;
using Heed.Text.Templates.Values;

namespace Heed.Text.Templates.Nodes;

/// <summary>The expressions between the parentheses of a call.</summary>
internal sealed record ArgumentList(IReadOnlyList<Expression> Positional, IReadOnlyList<(string Name, Expression Value)> Named)
{
    public static ArgumentList Empty { get; } = new([], []);

    public Arguments Evaluate(Scope scope)
    {
        if (Positional.Count == 0 && Named.Count == 0)
        {
            return Arguments.None;
        }

        var named = new Dictionary<string, object?>(StringComparer.Ordinal);
        object?[] positional = [.. Positional.Select(expression => expression.Evaluate(scope))];
        foreach ((string name, Expression value) in Named)
        {
            named[name] = value.Evaluate(scope);
        }

        return new Arguments(positional, named);
    }
}

/// <summary><c>f(a, b=c)</c>.</summary>
internal sealed class Call(int line, Expression function, ArgumentList arguments) : Expression(line)
{
    protected override object? Compute(Scope scope)
    {
        object? called = function.Evaluate(scope);
        Arguments given = arguments.Evaluate(scope);
        Return(scope);
        return scope.Context.Call(called, given);
    }
}

/// <summary><c>value|filter(a)</c>.</summary>
internal sealed class FilterCall(int line, Filter filter, Expression value, ArgumentList arguments) : Expression(line)
{
    protected override object? Compute(Scope scope)
    {
        object? given = value.Evaluate(scope);
        Arguments with = arguments.Evaluate(scope);
        Return(scope);
        return filter(scope.Context, given, with);
    }
}

/// <summary><c>value is test(a)</c>.</summary>
internal sealed class TestCall(int line, Test test, Expression value, ArgumentList arguments) : Expression(line)
{
    protected override object? Compute(Scope scope)
    {
        object? given = value.Evaluate(scope);
        Arguments with = arguments.Evaluate(scope);
        Return(scope);
        return test(scope.Context, given, with);
    }
}
