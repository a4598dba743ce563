using Heed.Text.Templates.Nodes;
using Heed.Text.Templates.Values;

namespace Heed.Text.Templates.Library;

/// <summary>What stands behind <c>is</c>.</summary>
internal static class Tests
{
    public static Dictionary<string, Test> Known { get; } = new(StringComparer.Ordinal)
    {
        ["boolean"] = (_, value, _) => value is bool,
        ["callable"] = (_, value, _) => value is FunctionValue,
        ["defined"] = (_, value, _) => value is not Undefined,
        ["divisibleby"] = (context, value, arguments) => Whole(context, arguments.Require(context, 0, "num")) is not 0 and var divisor ? Whole(context, value) % divisor == 0 : throw context.Error("a number is divided by zero"),
        ["eq"] = (context, value, arguments) => Equal(context, value, arguments),
        ["equalto"] = (context, value, arguments) => Equal(context, value, arguments),
        ["even"] = (context, value, _) => Whole(context, value) % 2 == 0,
        ["false"] = (_, value, _) => value is false,
        ["float"] = (_, value, _) => value is double,
        ["ge"] = (context, value, arguments) => Order(context, value, arguments) >= 0,
        ["gt"] = (context, value, arguments) => Order(context, value, arguments) > 0,
        ["in"] = (context, value, arguments) => Comparison.IsIn(context, value, arguments.Require(context, 0, "seq")),
        ["integer"] = (_, value, _) => value is long,
        ["iterable"] = (_, value, _) => TemplateValue.Entries(value) is not null,
        ["le"] = (context, value, arguments) => Order(context, value, arguments) <= 0,
        ["lower"] = (_, value, _) => value is string text && text.Any(char.IsLetter) && !text.Any(char.IsUpper),
        ["lt"] = (context, value, arguments) => Order(context, value, arguments) < 0,
        ["mapping"] = (_, value, _) => value is OrderedDictionary<string, object?>,
        ["ne"] = (context, value, arguments) => !TemplateValue.Equals(value, arguments.Require(context, 0, "other")),
        ["none"] = (_, value, _) => value is null,
        ["number"] = (_, value, _) => value is bool or long or double,
        ["odd"] = (context, value, _) => Whole(context, value) % 2 != 0,
        ["sameas"] = (context, value, arguments) => arguments.Require(context, 0, "other") is var other && value?.GetType() == other?.GetType() && TemplateValue.Equals(value, other),
        ["sequence"] = (_, value, _) => value is string or List<object?> or OrderedDictionary<string, object?>,
        ["string"] = (_, value, _) => value is string,
        ["true"] = (_, value, _) => value is true,
        ["undefined"] = (_, value, _) => value is Undefined,
        ["upper"] = (_, value, _) => value is string text && text.Any(char.IsLetter) && !text.Any(char.IsLower),
    };

    private static bool Equal(RenderContext context, object? value, Arguments arguments) => TemplateValue.Equals(value, arguments.Require(context, 0, "other"));

    private static int Order(RenderContext context, object? value, Arguments arguments) => TemplateValue.Compare(value, arguments.Require(context, 0, "other"))
        ?? throw context.Error($"{TemplateValue.KindOf(value)} and {TemplateValue.KindOf(arguments.Get(0, "other"))} have no order");

    private static long Whole(RenderContext context, object? value) => value switch
    {
        long number => number,
        _ => throw context.Error($"a whole number is expected, not {TemplateValue.KindOf(value)}"),
    };
}
