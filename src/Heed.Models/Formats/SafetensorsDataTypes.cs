namespace Heed.Models.Formats;

/// <summary>The names and sizes of <see cref="SafetensorsDataType"/>, as the file format spells them.</summary>
internal static class SafetensorsDataTypes
{
    private static readonly (SafetensorsDataType Type, string Name, int ByteSize)[] Table =
    [
        (SafetensorsDataType.Boolean, "BOOL", 1),
        (SafetensorsDataType.UInt8, "U8", 1),
        (SafetensorsDataType.Int8, "I8", 1),
        (SafetensorsDataType.Float8E5M2, "F8_E5M2", 1),
        (SafetensorsDataType.Float8E4M3, "F8_E4M3", 1),
        (SafetensorsDataType.Int16, "I16", 2),
        (SafetensorsDataType.UInt16, "U16", 2),
        (SafetensorsDataType.Float16, "F16", 2),
        (SafetensorsDataType.BFloat16, "BF16", 2),
        (SafetensorsDataType.Int32, "I32", 4),
        (SafetensorsDataType.UInt32, "U32", 4),
        (SafetensorsDataType.Float32, "F32", 4),
        (SafetensorsDataType.Float64, "F64", 8),
        (SafetensorsDataType.Int64, "I64", 8),
        (SafetensorsDataType.UInt64, "U64", 8),
    ];

    /// <summary>All names, for error messages.</summary>
    public static string KnownNames { get; } = string.Join(", ", Table.Select(row => row.Name));

    public static string Name(this SafetensorsDataType type) => Row(type).Name;

    public static int ByteSize(this SafetensorsDataType type) => Row(type).ByteSize;

    public static bool TryParse(string name, out SafetensorsDataType type)
    {
        foreach (var row in Table)
        {
            if (row.Name != name)
            {
                continue;
            }

            type = row.Type;
            return true;
        }

        type = default;
        return false;
    }

    private static (SafetensorsDataType Type, string Name, int ByteSize) Row(SafetensorsDataType type)
    {
        foreach (var row in Table)
        {
            if (row.Type == type)
            {
                return row;
            }
        }

        throw new ArgumentOutOfRangeException(nameof(type), type, "not a safetensors element type");
    }
}
