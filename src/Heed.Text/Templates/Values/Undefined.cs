namespace Heed.Text.Templates.Values;

/// <summary>What a name stands for that nothing was set to: empty text, false, no entries; asking it for more is an error.</summary>
internal sealed class Undefined(string name)
{
    public string Name => name;
}
