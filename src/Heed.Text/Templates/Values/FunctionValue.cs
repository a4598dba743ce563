using Heed.Text.Templates.Nodes;

namespace Heed.Text.Templates.Values;

/// <summary>Something that can be called: a function of the library, a method of a value, or a macro.</summary>
internal sealed class FunctionValue(string name, Func<RenderContext, Arguments, object?> call)
{
    public string Name => name;

    public object? Call(RenderContext context, Arguments arguments) => call(context, arguments);
}
