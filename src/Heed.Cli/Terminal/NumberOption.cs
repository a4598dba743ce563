using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace Heed.Cli.Terminal;

/// <summary>Options that take a number in a range, and say so when they are given something else.</summary>
internal static class NumberOption
{
    /// <summary>An option that has a value when it is left out.</summary>
    public static Option<T> Create<T>(string name, string description, T fallback, T minimum, T? maximum = null)
        where T : struct, INumber<T>, IMinMaxValue<T>
        => new(name) { Description = description, HelpName = "N", DefaultValueFactory = _ => fallback, CustomParser = result => Parse(name, result, minimum, maximum ?? T.MaxValue) ?? default };

    /// <summary>An option that is null when it is left out.</summary>
    public static Option<T?> Optional<T>(string name, string description, T minimum, T? maximum = null)
        where T : struct, INumber<T>, IMinMaxValue<T>
        => new(name) { Description = description, HelpName = "N", CustomParser = result => Parse(name, result, minimum, maximum ?? T.MaxValue) };

    private static T? Parse<T>(string name, ArgumentResult result, T minimum, T maximum)
        where T : struct, INumber<T>, IMinMaxValue<T>
    {
        if (result.Tokens is not [Token token, ..])
        {
            return null; // the parser itself says that the value is missing
        }

        if (T.TryParse(token.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out T value) && value >= minimum && value <= maximum)
        {
            return value;
        }

        string kind = T.IsInteger(T.One / (T.One + T.One)) ? "a whole number" : "a number";
        string range = maximum == T.MaxValue ? $"of at least {minimum}" : $"from {minimum} to {maximum}";
        result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} takes {kind} {range}, not \"{token.Value}\""));
        return null;
    }
}
