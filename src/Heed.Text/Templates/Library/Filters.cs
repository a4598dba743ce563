using System.Globalization;
using Heed.Text.Templates.Nodes;
using Heed.Text.Templates.Values;

namespace Heed.Text.Templates.Library;

/// <summary>What stands behind <c>|</c>.</summary>
internal static class Filters
{
    public static Dictionary<string, Filter> Known { get; } = new(StringComparer.Ordinal)
    {
        ["abs"] = (context, value, _) => value switch { long number and > long.MinValue => (object)Math.Abs(number), double number => Math.Abs(number), _ => throw Wrong(context, "a number", value) },
        ["capitalize"] = (_, value, _) => Texts.Capitalize(TemplateText.Of(value)),
        ["count"] = (context, value, _) => Length(context, value),
        ["d"] = Default,
        ["default"] = Default,
        ["dictsort"] = (context, value, _) => Methods.Pairs(Map(context, value)).OrderBy(pair => (string)((List<object?>)pair!)[0]!, StringComparer.OrdinalIgnoreCase).ToList(),
        ["e"] = Escape,
        ["escape"] = Escape,
        ["first"] = (context, value, _) => context.Entries(value) is [var first, ..] ? first : new Undefined("the first entry of an empty list"),
        ["float"] = (_, value, arguments) => ToFloat(value) ?? arguments.Get(0, "default", 0.0),
        ["indent"] = Indent,
        ["int"] = (_, value, arguments) => ToWhole(value) ?? arguments.Get(0, "default", 0L),
        ["items"] = (context, value, _) => value is Undefined ? new List<object?>() : Methods.Pairs(Map(context, value)),
        ["join"] = (context, value, arguments) => Texts.Join(
            context, arguments.Has(1, "attribute") ? Lists.Parts(context, value, arguments.Get(1, "attribute")) : value, arguments.Text(context, 0, "d", string.Empty)),
        ["last"] = (context, value, _) => context.Entries(value) is [.., var last] ? last : new Undefined("the last entry of an empty list"),
        ["length"] = (context, value, _) => Length(context, value),
        ["list"] = (context, value, _) => context.Entries(value).ToList(),
        ["lower"] = (_, value, _) => TemplateText.Of(value).ToLowerInvariant(),
        ["map"] = Lists.MapEach,
        ["max"] = (context, value, _) => Lists.Extreme(context, value, sign: 1),
        ["min"] = (context, value, _) => Lists.Extreme(context, value, sign: -1),
        ["reject"] = (context, value, arguments) => Lists.Choose(context, value, arguments, byPart: false, wanted: false),
        ["rejectattr"] = (context, value, arguments) => Lists.Choose(context, value, arguments, byPart: true, wanted: false),
        ["replace"] = (context, value, arguments) => Texts.Replace(context, TemplateText.Of(value), arguments),
        ["reverse"] = (context, value, _) => value is string text ? string.Concat(TemplateValue.Characters(text).Reverse()) : Enumerable.Reverse(context.Entries(value)).ToList(),
        ["round"] = (context, value, arguments) => Round(context, value, arguments),
        ["safe"] = (_, value, _) => TemplateText.Of(value),
        ["select"] = (context, value, arguments) => Lists.Choose(context, value, arguments, byPart: false, wanted: true),
        ["selectattr"] = (context, value, arguments) => Lists.Choose(context, value, arguments, byPart: true, wanted: true),
        ["sort"] = Lists.Sort,
        ["string"] = (_, value, _) => TemplateText.Of(value),
        ["sum"] = Lists.Sum,
        ["title"] = (_, value, _) => Texts.Title(TemplateText.Of(value)),
        ["tojson"] = (context, value, arguments) => context.Checked(TemplateText.Json(
            value, arguments.Get(0, "indent") is null ? null : arguments.Integer(context, 0, "indent", 0), arguments.Flag(3, "sort_keys"))),
        ["trim"] = (context, value, arguments) => Texts.Strip(context, TemplateText.Of(value), arguments, left: true, right: true),
        ["unique"] = (context, value, _) => Lists.Unique(context.Entries(value)),
        ["upper"] = (_, value, _) => TemplateText.Of(value).ToUpperInvariant(),
        ["wordcount"] = (_, value, _) => (long)TemplateText.Of(value).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length,
    };

    public static TemplateException Wrong(RenderContext context, string expected, object? value) => context.Error($"{expected} is expected, not {TemplateValue.KindOf(value)}");

    private static object? Default(RenderContext context, object? value, Arguments arguments) =>
        value is Undefined || (arguments.Flag(1, "boolean") && !TemplateValue.IsTrue(value)) ? arguments.Get(0, "default_value", string.Empty) : value;

    private static long Length(RenderContext context, object? value) => (TemplateValue.Entries(value) ?? throw Wrong(context, "a text, a list or a map", value)).Count;

    private static string Escape(RenderContext context, object? value, Arguments arguments)
    {
        string text = TemplateText.Of(value);
        context.CheckText(text.Length * 5L);
        return text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal)
            .Replace("'", "&#39;", StringComparison.Ordinal).Replace("\"", "&#34;", StringComparison.Ordinal);
    }

    private static string Indent(RenderContext context, object? value, Arguments arguments)
    {
        string margin = arguments.Get(0, "width") is string given ? given : new string(' ', Math.Clamp(arguments.Integer(context, 0, "width", 4), 0, 1000));
        bool first = arguments.Flag(1, "first"), blank = arguments.Flag(2, "blank");
        string[] lines = TemplateText.Of(value).Split('\n');
        context.CheckText(lines.Sum(line => (long)line.Length + margin.Length + 1));
        return string.Join('\n', lines.Select((line, place) => (place == 0 ? first : blank || line.Length > 0) ? margin + line : line));
    }

    private static double Round(RenderContext context, object? value, Arguments arguments)
    {
        double number = TemplateValue.Number(value) ?? throw Wrong(context, "a number", value);
        double scale = Math.Pow(10, Math.Clamp(arguments.Integer(context, 0, "precision", 0), -15, 15));
        return arguments.Text(context, 1, "method", "common") switch
        {
            "common" => Math.Round(number * scale, MidpointRounding.ToEven) / scale,
            "ceil" => Math.Ceiling(number * scale) / scale,
            "floor" => Math.Floor(number * scale) / scale,
            var other => throw context.Error($"there is no way to round called \"{other}\"; known are common, ceil and floor"),
        };
    }

    private static object? ToFloat(object? value) => value is string text
        ? double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double parsed) ? parsed : null
        : TemplateValue.Number(value);

    private static object? ToWhole(object? value) => value switch
    {
        string text when long.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long parsed) => parsed,
        _ => ToFloat(value) is double number && Math.Abs(number) < 9e18 ? (long)number : null,
    };

    private static OrderedDictionary<string, object?> Map(RenderContext context, object? value) => value as OrderedDictionary<string, object?> ?? throw Wrong(context, "a map", value);
}
