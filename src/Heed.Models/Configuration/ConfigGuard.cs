using System.Runtime.CompilerServices;
using Heed.Text.Tokenizers;

namespace Heed.Models.Configuration;

/// <summary>Checks of single values that model configurations share. The error names the value as its JSON key spells it.</summary>
internal static class ConfigGuard
{
    /// <summary>Checks a size.</summary>
    public static void Positive(int value, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (value < 1)
        {
            throw new ConfigException($"{Key(name)} is {value}; it must be at least 1");
        }
    }

    /// <summary>Checks a number that has a least and a greatest value.</summary>
    public static void Range(double value, double minimum, double maximum, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (!(value >= minimum && value <= maximum))
        {
            string range = minimum == double.Epsilon ? $"more than 0 and at most {maximum}" : FormattableString.Invariant($"from {minimum} to {maximum}");
            throw new ConfigException(FormattableString.Invariant($"{Key(name)} is {value}; it must be {range}"));
        }
    }

    /// <summary>Checks a probability.</summary>
    public static void Probability(float value, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (!(value >= 0 && value < 1))
        {
            throw new ConfigException(FormattableString.Invariant($"{Key(name)} is {value}; a probability lies in [0, 1)"));
        }
    }

    /// <summary>Checks that a matrix is not larger than one may be.</summary>
    public static void Matrix(int rows, int columns, [CallerArgumentExpression(nameof(rows))] string rowsName = "", [CallerArgumentExpression(nameof(columns))] string columnsName = "")
    {
        if ((long)rows * columns > int.MaxValue)
        {
            throw new ConfigException($"{Key(rowsName)} {rows} times {Key(columnsName)} {columns} is {(long)rows * columns}, more than the {int.MaxValue} elements that one matrix can hold");
        }
    }

    /// <summary>Checks that one number is a multiple of another.</summary>
    public static void Divides(int divisor, int value, [CallerArgumentExpression(nameof(divisor))] string divisorName = "", [CallerArgumentExpression(nameof(value))] string valueName = "")
    {
        if (value % divisor != 0)
        {
            throw new ConfigException(FormattableString.Invariant($"{Key(valueName)} {value} is not divisible by {Key(divisorName)} {divisor} ({value} / {divisor} = {(double)value / divisor:0.0})"));
        }
    }

    /// <summary>Checks the id of a token.</summary>
    public static void TokenId(int? id, int vocabSize, [CallerArgumentExpression(nameof(id))] string name = "")
    {
        if (id < 0 || id >= vocabSize)
        {
            throw new ConfigException($"{Key(name)} {id} is outside the vocabulary of {vocabSize} (0 to {vocabSize - 1})");
        }
    }

    /// <summary>Checks that a model knows all tokens of a tokenizer; published tables may have rows to spare.</summary>
    public static void Tokens(Tokenizer tokenizer, int vocabSize)
    {
        if (tokenizer.VocabSize > vocabSize)
        {
            throw new ConfigException($"the tokenizer has {tokenizer.VocabSize} tokens, but the model knows only {vocabSize}; they do not belong together");
        }
    }

    private static string Key(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
