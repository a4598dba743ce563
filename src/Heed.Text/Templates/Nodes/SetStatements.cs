using Heed.Text.Templates.Values;

namespace Heed.Text.Templates.Nodes;

/// <summary><c>{% set x = value %}</c>.</summary>
internal sealed class SetStatement(int line, Target target, Expression value) : Statement
{
    public override Flow Render(Scope scope)
    {
        scope.Context.Visit(line);
        target.Assign(scope, value.Evaluate(scope));
        return Flow.Next;
    }
}

/// <summary><c>{% set x %}...{% endset %}</c>: what is written between, through the filters of the tag.</summary>
internal sealed class SetBlockStatement(int line, Target target, WrittenText written, Expression filtered, Block body) : Statement
{
    public override Flow Render(Scope scope)
    {
        scope.Context.Visit(line);
        Scope inner = scope.Inner();
        inner.Set(WrittenText.Name, scope.Context.Capture(() => body.Render(inner)));
        target.Assign(scope, ReferenceEquals(written, filtered) ? inner.Get(WrittenText.Name) : filtered.Evaluate(inner));
        return Flow.Next;
    }
}

/// <summary><c>{% macro name(a, b=c) %}</c>: a function that gives what its body writes.</summary>
internal sealed class MacroStatement(int line, string name, IReadOnlyList<(string Name, Expression? Default)> parameters, Block body) : Statement
{
    public override Flow Render(Scope scope)
    {
        scope.Context.Visit(line);
        scope.Set(name, new FunctionValue(name, (context, arguments) => Call(context, scope, arguments)));
        return Flow.Next;
    }

    private string Call(RenderContext context, Scope outside, Arguments arguments)
    {
        if (arguments.Positional.Count > parameters.Count || arguments.Named.Keys.FirstOrDefault(key => parameters.All(parameter => parameter.Name != key)) is not null)
        {
            throw context.Error($"the macro {name} takes {(parameters.Count == 0 ? "nothing" : string.Join(", ", parameters.Select(parameter => parameter.Name)))}");
        }

        Scope inner = outside.Inner();
        for (int place = 0; place < parameters.Count; place++)
        {
            (string parameter, Expression? otherwise) = parameters[place];
            inner.Set(parameter, arguments.Has(place, parameter) ? arguments.Get(place, parameter) : otherwise is null ? new Undefined(parameter) : otherwise.Evaluate(inner));
        }

        return context.CallMacro(() => body.Render(inner));
    }
}
