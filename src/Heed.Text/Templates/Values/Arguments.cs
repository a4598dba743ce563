using Heed.Text.Templates.Nodes;

namespace Heed.Text.Templates.Values;

/// <summary>What a function, filter or test is called with.</summary>
/// <param name="Positional">By place.</param>
/// <param name="Named">By name.</param>
internal sealed record Arguments(IReadOnlyList<object?> Positional, IReadOnlyDictionary<string, object?> Named)
{
    private static readonly Dictionary<string, object?> NoNames = new(StringComparer.Ordinal);

    public static Arguments None { get; } = new([], NoNames);

    /// <summary>Whether an argument is given.</summary>
    public bool Has(int place, string name) => place < Positional.Count || Named.ContainsKey(name);

    /// <summary>An argument by its place or its name, or what holds where it is left out.</summary>
    public object? Get(int place, string name, object? otherwise = null) =>
        place < Positional.Count ? Positional[place] : Named.TryGetValue(name, out object? value) ? value : otherwise;

    public object? Require(RenderContext context, int place, string name) =>
        Has(place, name) ? Get(place, name) : throw context.Error($"the argument \"{name}\" is missing");

    public string Text(RenderContext context, int place, string name, string? otherwise = null) => Get(place, name, otherwise) switch
    {
        string text => text,
        null => throw context.Error($"the argument \"{name}\" is missing"),
        { } other => throw context.Error($"the argument \"{name}\" must be a text, not {TemplateValue.KindOf(other)}"),
    };

    public int Integer(RenderContext context, int place, string name, int otherwise) => Get(place, name, (long)otherwise) switch
    {
        long number and >= int.MinValue and <= int.MaxValue => (int)number,
        var other => throw context.Error($"the argument \"{name}\" must be a whole number, not {TemplateValue.KindOf(other)}"),
    };

    public bool Flag(int place, string name, bool otherwise = false) => TemplateValue.IsTrue(Get(place, name, otherwise));
}
