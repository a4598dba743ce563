using System.Runtime.InteropServices;
using System.Text;

namespace Heed.Models.Formats.Gguf;

/// <summary>Writes the values of a GGUF file's metadata.</summary>
internal static class GgufValueWriter
{
    /// <summary>Writes a text: its length in bytes, then UTF-8.</summary>
    public static void WriteText(BinaryWriter writer, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        writer.Write((ulong)bytes.Length);
        writer.Write(bytes);
    }

    /// <summary>Writes a value's type and the value.</summary>
    public static void Write(BinaryWriter writer, GgufValue value)
    {
        writer.Write((uint)value.Type);
        if (value.ElementType is not { } elementType)
        {
            WriteScalar(writer, value.Content);
            return;
        }

        var array = (Array)value.Content;
        writer.Write((uint)elementType);
        writer.Write((ulong)array.Length);
        if (array is string[] texts)
        {
            Array.ForEach(texts, text => WriteText(writer, text));
        }
        else
        {
            writer.Write(Bytes(array));
        }
    }

    private static ReadOnlySpan<byte> Bytes(Array array) => array switch
    {
        byte[] values => values,
        sbyte[] values => MemoryMarshal.AsBytes<sbyte>(values),
        ushort[] values => MemoryMarshal.AsBytes<ushort>(values),
        short[] values => MemoryMarshal.AsBytes<short>(values),
        uint[] values => MemoryMarshal.AsBytes<uint>(values),
        int[] values => MemoryMarshal.AsBytes<int>(values),
        ulong[] values => MemoryMarshal.AsBytes<ulong>(values),
        long[] values => MemoryMarshal.AsBytes<long>(values),
        float[] values => MemoryMarshal.AsBytes<float>(values),
        double[] values => MemoryMarshal.AsBytes<double>(values),
        bool[] values => Array.ConvertAll(values, value => (byte)(value ? 1 : 0)),
        _ => throw new ArgumentException($"{array.GetType().Name} is no array of metadata", nameof(array)),
    };

    private static void WriteScalar(BinaryWriter writer, object content)
    {
        switch (content)
        {
            case byte value: writer.Write(value); break;
            case sbyte value: writer.Write(value); break;
            case ushort value: writer.Write(value); break;
            case short value: writer.Write(value); break;
            case uint value: writer.Write(value); break;
            case int value: writer.Write(value); break;
            case ulong value: writer.Write(value); break;
            case long value: writer.Write(value); break;
            case float value: writer.Write(value); break;
            case double value: writer.Write(value); break;
            case bool value: writer.Write((byte)(value ? 1 : 0)); break;
            case string value: WriteText(writer, value); break;
            default: throw new ArgumentException($"{content.GetType().Name} is no metadata", nameof(content));
        }
    }
}
