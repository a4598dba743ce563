using Heed.Text.Templates.Values;

namespace Heed.Text.Templates.Nodes;

/// <summary>A text, a number, true, false or none.</summary>
internal sealed class Literal(int line, object? value) : Expression(line)
{
    protected override object? Compute(Scope scope) => value;
}

/// <summary><c>[a, b]</c>, and <c>(a, b)</c>.</summary>
internal sealed class ListLiteral(int line, IReadOnlyList<Expression> entries) : Expression(line)
{
    protected override object? Compute(Scope scope) => entries.Select(entry => entry.Evaluate(scope)).ToList();
}

/// <summary><c>{'a': b}</c>; keys are texts.</summary>
internal sealed class MapLiteral(int line, IReadOnlyList<(Expression Key, Expression Value)> entries) : Expression(line)
{
    protected override object? Compute(Scope scope)
    {
        var map = new OrderedDictionary<string, object?>(StringComparer.Ordinal);
        foreach ((Expression key, Expression value) in entries)
        {
            object? name = key.Evaluate(scope);
            map[name as string ?? throw scope.Context.Error($"the key of a map must be a text, not {TemplateValue.KindOf(name)}")] = value.Evaluate(scope);
        }

        return map;
    }
}

/// <summary>A name.</summary>
internal sealed class Variable(int line, string name) : Expression(line)
{
    protected override object? Compute(Scope scope) => scope.Get(name);
}

/// <summary>What the tags between <c>{% set x %}</c> and <c>{% endset %}</c> wrote.</summary>
internal sealed class WrittenText(int line) : Expression(line)
{
    /// <summary>The name it has in its scope, which no template can write.</summary>
    public const string Name = "(written)";

    protected override object? Compute(Scope scope) => scope.Get(Name);
}
