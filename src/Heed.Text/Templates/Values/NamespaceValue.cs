namespace Heed.Text.Templates.Values;

/// <summary>What <c>namespace()</c> makes: the one thing whose parts a loop can change for what follows it.</summary>
internal sealed class NamespaceValue
{
    public OrderedDictionary<string, object?> Values { get; } = new(StringComparer.Ordinal);
}
