using Heed.Text.Templates.Library;
using Heed.Text.Templates.Values;

namespace Heed.Text.Templates.Nodes;

/// <summary><c>a.name</c>.</summary>
internal sealed class Member(int line, Expression owner, string name) : Expression(line)
{
    protected override object? Compute(Scope scope)
    {
        object? value = owner.Evaluate(scope);
        Return(scope);
        return Of(scope.Context, value, name);
    }

    /// <summary>A method or an entry of a value; a method comes first.</summary>
    public static object? Of(RenderContext context, object? value, string name) => value switch
    {
        Undefined undefined => throw context.Error($"\"{undefined.Name}\" is not defined, so it has no \"{name}\""),
        OrderedDictionary<string, object?> map => (object?)Methods.Of(value, name) ?? map.GetValueOrDefault(name, new Undefined(name)),
        NamespaceValue space => space.Values.GetValueOrDefault(name, new Undefined(name)),
        LoopVariable loop => loop.Get(name),
        _ => (object?)Methods.Of(value, name) ?? new Undefined(name),
    };
}

/// <summary><c>a[b]</c>.</summary>
internal sealed class Subscript(int line, Expression owner, Expression key) : Expression(line)
{
    protected override object? Compute(Scope scope)
    {
        object? value = owner.Evaluate(scope), place = key.Evaluate(scope);
        Return(scope);
        return (value, place) switch
        {
            (Undefined undefined, _) => throw scope.Context.Error($"\"{undefined.Name}\" is not defined, so it has no entries"),
            (List<object?> list, long index) => At(list, index),
            (string text, long index) => At(TemplateValue.Entries(text)!, index),
            (OrderedDictionary<string, object?> map, string name) when map.TryGetValue(name, out object? found) => found,
            (_, string name) => Member.Of(scope.Context, value, name),
            _ => new Undefined(TemplateText.Of(place)),
        };
    }

    private static object? At(List<object?> list, long index)
    {
        long place = index < 0 ? index + list.Count : index;
        return place >= 0 && place < list.Count ? list[(int)place] : new Undefined($"entry {index}");
    }
}

/// <summary><c>a[start:stop:step]</c>.</summary>
internal sealed class Slice(int line, Expression owner, Expression? start, Expression? stop, Expression? step) : Expression(line)
{
    protected override object? Compute(Scope scope)
    {
        object? value = owner.Evaluate(scope);
        long? from = Bound(scope, start), to = Bound(scope, stop);
        long by = Bound(scope, step) ?? 1;
        Return(scope);
        if (by == 0)
        {
            throw scope.Context.Error("a slice cannot have the step 0");
        }

        return value switch
        {
            List<object?> list => Take(list, from, to, by),
            string text => string.Concat(Take(TemplateValue.Entries(text)!, from, to, by)),
            Undefined => string.Empty,
            _ => throw scope.Context.Error($"{TemplateValue.KindOf(value)} cannot be sliced"),
        };
    }

    private static long? Bound(Scope scope, Expression? expression) => expression?.Evaluate(scope) switch
    {
        null => null,
        long number => number,
        var other => throw scope.Context.Error($"the bound of a slice must be a whole number, not {TemplateValue.KindOf(other)}"),
    };

    private static List<object?> Take(List<object?> list, long? start, long? stop, long step)
    {
        long count = list.Count;
        (long lowest, long highest) = step > 0 ? (0, count) : (-1L, count - 1);
        long from = Place(start, step > 0 ? lowest : highest), to = Place(stop, step > 0 ? highest : lowest);
        var taken = new List<object?>();
        for (long place = from; step > 0 ? place < to : place > to; place = step > count || step < -count ? to : place + step)
        {
            taken.Add(list[(int)place]);
        }

        return taken;

        long Place(long? bound, long otherwise) => bound is { } given ? Math.Clamp(given < 0 ? Math.Max(given, -count - 1) + count : given, lowest, highest) : otherwise;
    }
}
