using System.Collections;
using System.Globalization;

namespace Heed.Models.Formats.Gguf;

/// <summary>One value of a GGUF file's metadata: a number, a truth value, a text, or an array of one of these.</summary>
public sealed class GgufValue
{
    internal GgufValue(GgufValueType type, object content, GgufValueType? elementType = null)
    {
        Type = type;
        ElementType = elementType;
        Content = content;
    }

    /// <summary>The type.</summary>
    public GgufValueType Type { get; }

    /// <summary>The type of an array's elements; null for everything else.</summary>
    public GgufValueType? ElementType { get; }

    /// <summary>A boxed number, truth value or string; or an array of them, not boxed.</summary>
    internal object Content { get; }

    /// <summary>A text.</summary>
    public static GgufValue Of(string value) => new(GgufValueType.Text, value);

    /// <summary>A 32-bit integer without sign, as most sizes and ids are stored.</summary>
    public static GgufValue Of(uint value) => new(GgufValueType.UInt32, value);

    /// <summary>A single-precision float.</summary>
    public static GgufValue Of(float value) => new(GgufValueType.Float32, value);

    /// <summary>A truth value.</summary>
    public static GgufValue Of(bool value) => new(GgufValueType.Boolean, value);

    /// <summary>An array of texts.</summary>
    public static GgufValue Of(params string[] values) => new(GgufValueType.Array, values, GgufValueType.Text);

    /// <summary>An array of single-precision floats.</summary>
    public static GgufValue Of(params float[] values) => new(GgufValueType.Array, values, GgufValueType.Float32);

    /// <summary>An array of 32-bit integers.</summary>
    public static GgufValue Of(params int[] values) => new(GgufValueType.Array, values, GgufValueType.Int32);

    /// <summary>The value for a person: a number, a text, or how many elements there are.</summary>
    public override string ToString() => Content is Array array && Type == GgufValueType.Array
        ? string.Create(CultureInfo.InvariantCulture, $"{array.Length} of {ElementType}")
        : Convert.ToString(Content, CultureInfo.InvariantCulture)!;

    /// <summary>The number as a 64-bit integer; null where it is none or does not fit.</summary>
    internal long? ToInt64() => Content switch
    {
        byte v => v,
        sbyte v => v,
        ushort v => v,
        short v => v,
        uint v => v,
        int v => v,
        long v => v,
        ulong v when v <= long.MaxValue => (long)v,
        _ => null,
    };

    /// <summary>The number as a double; null where it is none.</summary>
    internal double? ToDouble() => Content switch
    {
        float v => v,
        double v => v,
        _ => ToInt64(),
    };

    /// <summary>The numbers of an array as 32-bit integers; null where it is none, or one does not fit.</summary>
    internal int[]? ToInt32s()
    {
        if (Type != GgufValueType.Array || Content is string[] or bool[] or float[] or double[])
        {
            return null;
        }

        var numbers = new List<int>();
        foreach (object element in (IEnumerable)Content)
        {
            if (new GgufValue(Type, element).ToInt64() is not { } number || number != (int)number)
            {
                return null;
            }

            numbers.Add((int)number);
        }

        return [.. numbers];
    }
}
