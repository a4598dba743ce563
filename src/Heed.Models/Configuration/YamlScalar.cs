using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Heed.Models.Configuration;

/// <summary>Decides what a plain (unquoted) YAML scalar means.</summary>
/// <remarks>The core schema of YAML 1.2, section 10.3.2: so <c>no</c> and <c>on</c> are texts, not truth values.
/// The infinities and not-a-number stay texts, because no setting can use them.</remarks>
internal static partial class YamlScalar
{
    public static JsonNode? Parse(string text)
    {
        switch (text)
        {
            case "" or "~" or "null" or "Null" or "NULL": return null;
            case "true" or "True" or "TRUE": return JsonValue.Create(true);
            case "false" or "False" or "FALSE": return JsonValue.Create(false);
        }

        if (Number().IsMatch(text))
        {
            return ParseNumber(text) ?? JsonValue.Create(text);
        }

        if (text.StartsWith("0x", StringComparison.Ordinal)
            && long.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out long hex))
        {
            return JsonValue.Create(hex);
        }

        return JsonValue.Create(text);
    }

    /// <summary>Whether a text, written without quotes, would be read back as that text.</summary>
    public static bool IsText(string text) => Parse(text)?.GetValueKind() == System.Text.Json.JsonValueKind.String;

    private static JsonValue? ParseNumber(string text)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole))
        {
            return JsonValue.Create(whole);
        }

        double number = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        return double.IsFinite(number) ? JsonValue.Create(number) : null;
    }

    [GeneratedRegex(@"\A[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
