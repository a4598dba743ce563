using Heed.Text.Templates.Values;

namespace Heed.Text.Templates.Nodes;

/// <summary>The names that a part of a template sees. What it sets is forgotten at its end.</summary>
internal sealed class Scope(RenderContext context, Scope? outer = null)
{
    private readonly Dictionary<string, object?> own = new(StringComparer.Ordinal);

    public RenderContext Context => context;

    public Scope Inner() => new(context, this);

    public void Set(string name, object? value) => own[name] = value;

    public object? Get(string name)
    {
        for (Scope? scope = this; scope is not null; scope = scope.Outer)
        {
            if (scope.own.TryGetValue(name, out object? value))
            {
                return value;
            }
        }

        return new Undefined(name);
    }

    private Scope? Outer => outer;
}
