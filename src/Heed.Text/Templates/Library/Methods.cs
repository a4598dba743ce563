using Heed.Text.Templates.Nodes;
using Heed.Text.Templates.Values;

namespace Heed.Text.Templates.Library;

/// <summary>The methods of texts, maps and lists: <c>text.strip()</c>, <c>map.items()</c>.</summary>
internal static class Methods
{
    private delegate object? Method<in T>(RenderContext context, T owner, Arguments arguments);

    private static readonly Dictionary<string, Method<string>> OfTexts = new(StringComparer.Ordinal)
    {
        ["capitalize"] = (_, text, _) => Texts.Capitalize(text),
        ["count"] = (context, text, arguments) => Texts.Count(text, arguments.Text(context, 0, "sub")),
        ["endswith"] = (context, text, arguments) => Affixes(context, arguments).Any(affix => text.EndsWith(affix, StringComparison.Ordinal)),
        ["find"] = (context, text, arguments) => (long)text.IndexOf(arguments.Text(context, 0, "sub"), StringComparison.Ordinal),
        ["isdigit"] = (_, text, _) => text.Length > 0 && text.All(char.IsDigit),
        ["join"] = (context, text, arguments) => Texts.Join(context, arguments.Require(context, 0, "iterable"), text),
        ["lower"] = (_, text, _) => text.ToLowerInvariant(),
        ["lstrip"] = (context, text, arguments) => Texts.Strip(context, text, arguments, left: true, right: false),
        ["replace"] = (context, text, arguments) => Texts.Replace(context, text, arguments),
        ["rfind"] = (context, text, arguments) => (long)text.LastIndexOf(arguments.Text(context, 0, "sub"), StringComparison.Ordinal),
        ["rsplit"] = (context, text, arguments) => Texts.Split(context, text, arguments, fromRight: true),
        ["rstrip"] = (context, text, arguments) => Texts.Strip(context, text, arguments, left: false, right: true),
        ["split"] = (context, text, arguments) => Texts.Split(context, text, arguments, fromRight: false),
        ["splitlines"] = (_, text, _) => Texts.Lines(text),
        ["startswith"] = (context, text, arguments) => Affixes(context, arguments).Any(affix => text.StartsWith(affix, StringComparison.Ordinal)),
        ["strip"] = (context, text, arguments) => Texts.Strip(context, text, arguments, left: true, right: true),
        ["title"] = (_, text, _) => Texts.Title(text),
        ["upper"] = (_, text, _) => text.ToUpperInvariant(),
    };

    private static readonly Dictionary<string, Method<OrderedDictionary<string, object?>>> OfMaps = new(StringComparer.Ordinal)
    {
        ["get"] = (context, map, arguments) => map.GetValueOrDefault(arguments.Text(context, 0, "key"), arguments.Get(1, "default")),
        ["items"] = (_, map, _) => Pairs(map),
        ["keys"] = (_, map, _) => map.Keys.Select(key => (object?)key).ToList(),
        ["values"] = (_, map, _) => map.Values.ToList(),
    };

    private static readonly Dictionary<string, Method<List<object?>>> OfLists = new(StringComparer.Ordinal)
    {
        ["count"] = (context, list, arguments) => arguments.Require(context, 0, "value") is var value ? (long)list.Count(entry => TemplateValue.Equals(entry, value)) : null,
        ["index"] = (context, list, arguments) => arguments.Require(context, 0, "value") is var value && list.FindIndex(entry => TemplateValue.Equals(entry, value)) is >= 0 and var place
            ? (long)place
            : throw context.Error($"the list has no entry {TemplateText.Of(arguments.Get(0, "value"))}"),
    };

    /// <summary>A method of a value, or null.</summary>
    public static FunctionValue? Of(object? value, string name) => value switch
    {
        string text => Bind(OfTexts, text, name),
        OrderedDictionary<string, object?> map => Bind(OfMaps, map, name),
        List<object?> list => Bind(OfLists, list, name),
        _ => null,
    };

    /// <summary>A map's keys and values, two by two.</summary>
    public static List<object?> Pairs(OrderedDictionary<string, object?> map) => [.. map.Select(pair => new List<object?> { pair.Key, pair.Value })];

    private static FunctionValue? Bind<T>(Dictionary<string, Method<T>> methods, T owner, string name) =>
        methods.TryGetValue(name, out Method<T>? method) ? new FunctionValue(name, (context, arguments) => method(context, owner, arguments)) : null;

    private static IEnumerable<string> Affixes(RenderContext context, Arguments arguments) => arguments.Get(0, "prefix") is List<object?> several
        ? several.OfType<string>()
        : [arguments.Text(context, 0, "prefix")];
}
