using Heed.Text.Templates.Nodes;
using Heed.Text.Templates.Values;

namespace Heed.Text.Templates.Library;

/// <summary>What filters do to lists.</summary>
internal static class Lists
{
    /// <summary>The same part of each entry, <c>a.b</c> a part of a part.</summary>
    public static List<object?> Parts(RenderContext context, object? values, object? part) => [.. context.Entries(values).Select(entry => Part(context, entry, part))];

    public static object? MapEach(RenderContext context, object? values, Arguments arguments)
    {
        if (arguments.Has(int.MaxValue, "attribute"))
        {
            object? otherwise = arguments.Get(int.MaxValue, "default", new Undefined("attribute"));
            return Parts(context, values, arguments.Get(int.MaxValue, "attribute")).Select(part => part is Undefined ? otherwise : part).ToList();
        }

        string name = arguments.Text(context, 0, "filter");
        Filter filter = Filters.Known.TryGetValue(name, out Filter? known) ? known : throw context.Error($"there is no filter \"{name}\"");
        var rest = new Arguments([.. arguments.Positional.Skip(1)], arguments.Named);
        return context.Entries(values).Select(entry => filter(context, entry, rest)).ToList();
    }

    /// <summary>The entries that pass a test, or do not; by themselves or by a part of them.</summary>
    public static object? Choose(RenderContext context, object? values, Arguments arguments, bool byPart, bool wanted)
    {
        int first = byPart ? 1 : 0;
        object? part = byPart ? arguments.Require(context, 0, "attribute") : null;
        Test? test = null;
        if (arguments.Positional.Count > first && !Tests.Known.TryGetValue(arguments.Text(context, first, "test"), out test))
        {
            throw context.Error($"there is no test \"{arguments.Text(context, first, "test")}\"");
        }

        var rest = new Arguments([.. arguments.Positional.Skip(first + 1)], arguments.Named);
        return context.Entries(values).Where(entry => Passes(byPart ? Part(context, entry, part) : entry) == wanted).ToList();

        bool Passes(object? value) => test is null ? TemplateValue.IsTrue(value) : test(context, value, rest);
    }

    public static object? Extreme(RenderContext context, object? values, int sign)
    {
        List<object?> entries = context.Entries(values);
        object? best = entries.Count > 0 ? entries[0] : new Undefined("the extreme of an empty list");
        foreach (object? entry in entries.Skip(1))
        {
            best = Order(context, entry, best) * sign > 0 ? entry : best;
        }

        return best;
    }

    public static object? Sort(RenderContext context, object? values, Arguments arguments)
    {
        object? part = arguments.Get(2, "attribute");
        bool folds = !arguments.Flag(1, "case_sensitive");
        var comparer = Comparer<object?>.Create((left, right) => Order(context, left, right));
        IEnumerable<object?> sorted = context.Entries(values).OrderBy(entry => Folded(part is null ? entry : Part(context, entry, part)), comparer);
        return arguments.Flag(0, "reverse")
            ? context.Entries(values).OrderByDescending(entry => Folded(part is null ? entry : Part(context, entry, part)), comparer).ToList()
            : sorted.ToList();

        object? Folded(object? value) => folds && value is string text ? text.ToLowerInvariant() : value;
    }

    public static object? Sum(RenderContext context, object? values, Arguments arguments)
    {
        List<object?> entries = arguments.Has(0, "attribute") && arguments.Get(0, "attribute") is { } part ? Parts(context, values, part) : context.Entries(values);
        object? start = arguments.Get(1, "start", 0L);
        return entries.All(entry => entry is long) && start is long whole
            ? (object)entries.Aggregate(whole, (sum, entry) => unchecked(sum + (long)entry!))
            : entries.Prepend(start).Sum(entry => TemplateValue.Number(entry) ?? throw Filters.Wrong(context, "a number", entry));
    }

    public static List<object?> Unique(List<object?> entries)
    {
        var kept = new List<object?>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (object? entry in entries)
        {
            string key = entry is string text ? "t" + text.ToLowerInvariant() : "v" + TemplateText.Of(entry is bool flag ? flag ? 1L : 0L : entry);
            if (seen.Add(key))
            {
                kept.Add(entry);
            }
        }

        return kept;
    }

    private static object? Part(RenderContext context, object? entry, object? part)
    {
        if (part is long place)
        {
            return entry is List<object?> list && place >= 0 && place < list.Count ? list[(int)place] : new Undefined($"entry {place}");
        }

        foreach (string name in (part as string ?? throw Filters.Wrong(context, "the name of a part", part)).Split('.'))
        {
            entry = entry is OrderedDictionary<string, object?> map && map.TryGetValue(name, out object? found) ? found : Member.Of(context, entry, name);
        }

        return entry;
    }

    private static int Order(RenderContext context, object? left, object? right) => TemplateValue.Compare(left, right)
        ?? throw context.Error($"{TemplateValue.KindOf(left)} and {TemplateValue.KindOf(right)} have no order");
}
