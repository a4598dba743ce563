using Heed.Text.Templates.Values;

namespace Heed.Text.Templates.Nodes;

/// <summary>Sums, products, and texts and lists put together.</summary>
internal sealed class Arithmetic(int line, string sign, Expression left, Expression right) : Expression(line)
{
    protected override object? Compute(Scope scope)
    {
        object? a = left.Evaluate(scope), b = right.Evaluate(scope);
        Return(scope);
        return Apply(scope.Context, a, b);
    }

    private object? Apply(RenderContext context, object? a, object? b)
    {
        if (sign == "~")
        {
            return Join(context, TemplateText.Of(a), TemplateText.Of(b));
        }

        try
        {
            return (a is bool flag ? flag ? 1L : 0L : a, b is bool other ? other ? 1L : 0L : b) switch
            {
                (long x, long y) => OfWholes(context, x, y),
                (string x, string y) when sign == "+" => Join(context, x, y),
                (List<object?> x, List<object?> y) when sign == "+" => Join(context, x, y),
                (string x, long count) when sign == "*" => Repeat(context, x, count),
                (List<object?> x, long count) when sign == "*" => Repeat(context, x, count),
                var (x, y) when TemplateValue.Number(x) is { } p && TemplateValue.Number(y) is { } q => OfNumbers(context, p, q),
                _ => throw context.Error($"\"{sign}\" does not go between {TemplateValue.KindOf(a)} and {TemplateValue.KindOf(b)}"),
            };
        }
        catch (OverflowException)
        {
            throw context.Error($"the result of {TemplateText.Of(a)} {sign} {TemplateText.Of(b)} is too large");
        }
    }

    // Python rounds quotients of whole numbers down.
    private object? OfWholes(RenderContext context, long x, long y)
    {
        bool isWhole = sign != "/" && (sign != "**" || y >= 0);
        return isWhole ? (object)WholeOf(context, x, y) : OfNumbers(context, x, y);
    }

    private long WholeOf(RenderContext context, long x, long y) => sign switch
    {
        "+" => checked(x + y),
        "-" => checked(x - y),
        "*" => checked(x * y),
        "//" => checked((x / NotZero(context, y)) - (x % y != 0 && (x < 0) != (y < 0) ? 1 : 0)),
        "%" => y == -1 ? 0 : ((x % NotZero(context, y)) + y) % y,
        _ => Power(x, y),
    };

    private double OfNumbers(RenderContext context, double x, double y) => sign switch
    {
        "+" => x + y,
        "-" => x - y,
        "*" => x * y,
        "/" => x / NotZero(context, y),
        "//" => Math.Floor(x / NotZero(context, y)),
        "%" => x - (y * Math.Floor(x / NotZero(context, y))),
        _ => Math.Pow(x, y),
    };

    private static long Power(long x, long y)
    {
        long result = 1;
        for (long factor = x; y > 0; y >>= 1)
        {
            result = (y & 1) == 1 ? checked(result * factor) : result;
            factor = y > 1 ? checked(factor * factor) : factor;
        }

        return result;
    }

    private static T NotZero<T>(RenderContext context, T number) where T : struct, System.Numerics.INumber<T> =>
        T.IsZero(number) ? throw context.Error("a number is divided by zero") : number;

    private static string Join(RenderContext context, string a, string b)
    {
        context.CheckText(a.Length + (long)b.Length);
        return a + b;
    }

    private static List<object?> Join(RenderContext context, List<object?> a, List<object?> b)
    {
        context.CheckList(a.Count + (long)b.Count);
        return [.. a, .. b];
    }

    private static string Repeat(RenderContext context, string text, long count)
    {
        long times = Math.Clamp(count, 0, int.MaxValue);
        context.CheckText(text.Length * times);
        return string.Concat(Enumerable.Repeat(text, text.Length == 0 ? 0 : (int)times));
    }

    private static List<object?> Repeat(RenderContext context, List<object?> list, long count)
    {
        long times = Math.Clamp(count, 0, int.MaxValue);
        context.CheckList(list.Count * times);
        return [.. Enumerable.Range(0, list.Count == 0 ? 0 : (int)times).SelectMany(_ => list)];
    }
}
