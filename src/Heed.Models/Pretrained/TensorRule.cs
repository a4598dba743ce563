namespace Heed.Models.Pretrained;

/// <summary>What a parameter is called in a foreign checkpoint, and how its numbers lie there.</summary>
/// <param name="Foreign">The foreign name. A part in braces, such as <c>{n}</c>, stands for any one part between dots.</param>
/// <param name="Own">Our name, with the same parts in braces.</param>
/// <param name="Layout">How the numbers lie; null is as they are here.</param>
internal sealed record TensorRule(string Foreign, string Own, TensorLayout? Layout = null)
{
    /// <summary>The foreign name of a parameter, or null where the rule is about others.</summary>
    public string? ToForeign(string own)
    {
        string[] pattern = Own.Split('.');
        string[] parts = own.Split('.');
        if (pattern.Length != parts.Length)
        {
            return null;
        }

        var captured = new Dictionary<string, string>(StringComparer.Ordinal);
        for (int i = 0; i < parts.Length; i++)
        {
            if (IsPlaceholder(pattern[i]))
            {
                captured[pattern[i]] = parts[i];
            }
            else if (pattern[i] != parts[i])
            {
                return null;
            }
        }

        return string.Join('.', Foreign.Split('.').Select(part => captured.GetValueOrDefault(part, part)));
    }

    private static bool IsPlaceholder(string part) => part.Length > 2 && part[0] == '{' && part[^1] == '}';
}
