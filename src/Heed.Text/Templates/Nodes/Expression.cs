namespace Heed.Text.Templates.Nodes;

/// <summary>A part of a template that has a value.</summary>
/// <param name="line">The line it stands in.</param>
internal abstract class Expression(int line)
{
    /// <summary>Works the value out.</summary>
    public object? Evaluate(Scope scope)
    {
        scope.Context.Visit(line);
        return Compute(scope);
    }

    /// <summary>Says that the work is here again, after a part of it was elsewhere.</summary>
    protected void Return(Scope scope) => scope.Context.Visit(line);

    protected abstract object? Compute(Scope scope);
}
