using System.Globalization;

namespace Heed.Text.Tokenizers.Pipeline;

/// <summary>The tokens that stand for single bytes, named <c>&lt;0x00&gt;</c> to <c>&lt;0xFF&gt;</c>.</summary>
internal static class ByteToken
{
    /// <summary>The byte that a name means, or null.</summary>
    public static byte? ValueOf(string? name) =>
        name is { Length: 6 } && name.StartsWith("<0x", StringComparison.Ordinal) && name[^1] == '>'
        && byte.TryParse(name.AsSpan(3, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte value)
            ? value
            : null;
}
