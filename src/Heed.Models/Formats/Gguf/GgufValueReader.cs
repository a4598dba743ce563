namespace Heed.Models.Formats.Gguf;

/// <summary>Reads the values of a GGUF file's metadata.</summary>
internal static class GgufValueReader
{
    private const int MaxTextBytes = 1 << 24;
    private const int MaxArrayLength = 1 << 24;

    /// <summary>Reads a value's type and the value.</summary>
    /// <param name="cursor">Stands at the type.</param>
    /// <param name="key">The key, for errors.</param>
    public static GgufValue Read(GgufCursor cursor, string key)
    {
        string place = $"metadata {Display.Quote(key)}";
        GgufValueType type = ReadType(cursor, place);
        if (type != GgufValueType.Array)
        {
            return new GgufValue(type, ReadScalar(cursor, type, place));
        }

        GgufValueType elementType = ReadType(cursor, place);
        return elementType == GgufValueType.Array
            ? throw cursor.Error($"{place} is an array of arrays, which is not supported")
            : new GgufValue(type, ReadArray(cursor, elementType, place), elementType);
    }

    private static GgufValueType ReadType(GgufCursor cursor, string place)
    {
        var type = (GgufValueType)cursor.Read<int>($"the type of {place}");
        return Enum.IsDefined(type) ? type : throw cursor.Error($"{place} has the unknown type {(int)type}");
    }

    private static object ReadScalar(GgufCursor cursor, GgufValueType type, string place) => type switch
    {
        GgufValueType.UInt8 => cursor.Read<byte>(place),
        GgufValueType.Int8 => cursor.Read<sbyte>(place),
        GgufValueType.UInt16 => cursor.Read<ushort>(place),
        GgufValueType.Int16 => cursor.Read<short>(place),
        GgufValueType.UInt32 => cursor.Read<uint>(place),
        GgufValueType.Int32 => cursor.Read<int>(place),
        GgufValueType.UInt64 => cursor.Read<ulong>(place),
        GgufValueType.Int64 => cursor.Read<long>(place),
        GgufValueType.Float32 => cursor.Read<float>(place),
        GgufValueType.Float64 => cursor.Read<double>(place),
        GgufValueType.Boolean => ToBoolean(cursor, cursor.Read<byte>(place), place),
        _ => cursor.ReadText(place, MaxTextBytes),
    };

    private static object ReadArray(GgufCursor cursor, GgufValueType type, string place)
    {
        int size = SmallestSize(type);
        int count = cursor.ReadCount($"elements of {place}", size, MaxArrayLength);
        return type switch
        {
            GgufValueType.UInt8 => cursor.Read<byte>(count, place),
            GgufValueType.Int8 => cursor.Read<sbyte>(count, place),
            GgufValueType.UInt16 => cursor.Read<ushort>(count, place),
            GgufValueType.Int16 => cursor.Read<short>(count, place),
            GgufValueType.UInt32 => cursor.Read<uint>(count, place),
            GgufValueType.Int32 => cursor.Read<int>(count, place),
            GgufValueType.UInt64 => cursor.Read<ulong>(count, place),
            GgufValueType.Int64 => cursor.Read<long>(count, place),
            GgufValueType.Float32 => cursor.Read<float>(count, place),
            GgufValueType.Float64 => cursor.Read<double>(count, place),
            GgufValueType.Boolean => Array.ConvertAll(cursor.Read<byte>(count, place), value => ToBoolean(cursor, value, place)),
            _ => ReadTexts(cursor, count, place),
        };
    }

    private static string[] ReadTexts(GgufCursor cursor, int count, string place)
    {
        var texts = new string[count];
        string element = $"an element of {place}";
        for (int i = 0; i < count; i++)
        {
            texts[i] = cursor.ReadText(element, MaxTextBytes);
        }

        return texts;
    }

    private static bool ToBoolean(GgufCursor cursor, byte value, string place) => value <= 1
        ? value == 1
        : throw cursor.Error($"{place} is a truth value of {value}; expected 0 or 1");

    private static int SmallestSize(GgufValueType type) => type switch
    {
        GgufValueType.UInt8 or GgufValueType.Int8 or GgufValueType.Boolean => 1,
        GgufValueType.UInt16 or GgufValueType.Int16 => 2,
        GgufValueType.UInt32 or GgufValueType.Int32 or GgufValueType.Float32 => 4,
        _ => 8, // a text has at least its length
    };
}
