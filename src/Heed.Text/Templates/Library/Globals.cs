using Heed.Text.Templates.Nodes;
using Heed.Text.Templates.Values;

namespace Heed.Text.Templates.Library;

/// <summary>The functions that every template sees.</summary>
internal static class Globals
{
    public static Scope CreateScope(RenderContext context, DateTimeOffset? now)
    {
        var scope = new Scope(context);
        Add("range", Range);
        Add("namespace", Namespace);
        Add("dict", (_, arguments) => Map(arguments));
        Add("raise_exception", (render, arguments) => throw render.Error($"the template says: {arguments.Text(render, 0, "message")}"));
        if (now is { } moment)
        {
            Add("strftime_now", (render, arguments) => TimeFormat.Write(render, moment, arguments.Text(render, 0, "format")));
        }

        return scope;

        void Add(string name, Func<RenderContext, Arguments, object?> function) => scope.Set(name, new FunctionValue(name, function));
    }

    private static object? Range(RenderContext context, Arguments arguments)
    {
        int first = arguments.Integer(context, 0, "start", 0);
        bool hasStart = arguments.Positional.Count > 1;
        (long start, long stop) = hasStart ? (first, arguments.Integer(context, 1, "stop", 0)) : (0, first);
        long step = arguments.Integer(context, 2, "step", 1);
        if (step == 0)
        {
            throw context.Error("a range cannot have the step 0");
        }

        long count = Math.Max(0, (stop - start + step - Math.Sign(step)) / step);
        context.CheckList(count);
        return Enumerable.Range(0, (int)count).Select(place => (object?)(start + (place * step))).ToList();
    }

    private static NamespaceValue Namespace(RenderContext context, Arguments arguments)
    {
        var space = new NamespaceValue();
        foreach (object? given in arguments.Positional)
        {
            foreach ((string name, object? value) in given as OrderedDictionary<string, object?> ?? throw context.Error($"a namespace is made of a map or of names, not of {TemplateValue.KindOf(given)}"))
            {
                space.Values[name] = value;
            }
        }

        foreach ((string name, object? value) in arguments.Named)
        {
            space.Values[name] = value;
        }

        return space;
    }

    private static OrderedDictionary<string, object?> Map(Arguments arguments)
    {
        var map = arguments.Positional is [OrderedDictionary<string, object?> first, ..]
            ? new OrderedDictionary<string, object?>(first, StringComparer.Ordinal)
            : new OrderedDictionary<string, object?>(StringComparer.Ordinal);
        foreach ((string name, object? value) in arguments.Named)
        {
            map[name] = value;
        }

        return map;
    }
}
