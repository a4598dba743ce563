using Heed.Text.Templates.Values;

namespace Heed.Text.Templates.Nodes;

/// <summary><c>{% for x in all if condition %}</c> with its <c>else</c>. Each turn has names of its own.</summary>
internal sealed class ForStatement(int line, Target target, Expression all, Expression? condition, Block body, Block? otherwise) : Statement
{
    private const string LoopName = "loop";

    public override Flow Render(Scope scope)
    {
        scope.Context.Visit(line);
        List<object?> entries = Chosen(scope, scope.Context.Entries(all.Evaluate(scope)));
        var loop = new LoopVariable(entries);
        for (; loop.Index < entries.Count; loop.Index++)
        {
            scope.Context.Visit(line);
            Scope inner = scope.Inner();
            inner.Set(LoopName, loop);
            target.Assign(inner, entries[loop.Index]);
            if (body.Render(inner) == Flow.Break)
            {
                break;
            }
        }

        return entries.Count == 0 && otherwise is not null ? otherwise.Render(scope) : Flow.Next;
    }

    private List<object?> Chosen(Scope scope, List<object?> entries)
    {
        if (condition is null)
        {
            return [.. entries];
        }

        return [.. entries.Where(entry =>
        {
            Scope inner = scope.Inner();
            target.Assign(inner, entry);
            return TemplateValue.IsTrue(condition.Evaluate(inner));
        })];
    }
}
