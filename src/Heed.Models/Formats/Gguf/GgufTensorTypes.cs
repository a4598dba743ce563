using Heed.Models.Formats.Quantization;

namespace Heed.Models.Formats.Gguf;

/// <summary>The names, block sizes and block formats of <see cref="GgufTensorType"/>.</summary>
internal static class GgufTensorTypes
{
    private static readonly Dictionary<GgufTensorType, (string Name, int Elements, int Bytes)> Table = new()
    {
        [GgufTensorType.F32] = ("F32", 1, 4),
        [GgufTensorType.F16] = ("F16", 1, 2),
        [GgufTensorType.Q4Zero] = ("Q4_0", 32, 18),
        [GgufTensorType.Q4One] = ("Q4_1", 32, 20),
        [GgufTensorType.Q5Zero] = ("Q5_0", 32, 22),
        [GgufTensorType.Q5One] = ("Q5_1", 32, 24),
        [GgufTensorType.Q8Zero] = ("Q8_0", 32, 34),
        [GgufTensorType.Q2K] = ("Q2_K", 256, 84),
        [GgufTensorType.Q3K] = ("Q3_K", 256, 110),
        [GgufTensorType.Q4K] = ("Q4_K", 256, 144),
        [GgufTensorType.Q5K] = ("Q5_K", 256, 176),
        [GgufTensorType.Q6K] = ("Q6_K", 256, 210),
        [GgufTensorType.I8] = ("I8", 1, 1),
        [GgufTensorType.I16] = ("I16", 1, 2),
        [GgufTensorType.I32] = ("I32", 1, 4),
        [GgufTensorType.I64] = ("I64", 1, 8),
        [GgufTensorType.F64] = ("F64", 1, 8),
        [GgufTensorType.BF16] = ("BF16", 1, 2),
    };

    private static readonly Dictionary<GgufTensorType, BlockFormat> Formats = new()
    {
        [GgufTensorType.Q4Zero] = new Q4Zero(),
        [GgufTensorType.Q4One] = new Q4One(),
        [GgufTensorType.Q5Zero] = new Q5Zero(),
        [GgufTensorType.Q5One] = new Q5One(),
        [GgufTensorType.Q8Zero] = new Q8Zero(),
        [GgufTensorType.Q4K] = new Q4K(),
        [GgufTensorType.Q5K] = new Q5K(),
        [GgufTensorType.Q6K] = new Q6K(),
    };

    /// <summary>All names, for error messages.</summary>
    public static string KnownNames { get; } = string.Join(", ", Table.Values.Select(row => row.Name));

    public static bool IsKnown(GgufTensorType type) => Table.ContainsKey(type);

    /// <summary>The format's own name, such as <c>Q4_K</c>.</summary>
    public static string Name(this GgufTensorType type) => Table[type].Name;

    /// <summary>The number of elements of a block; rows are a multiple of it.</summary>
    public static int BlockElements(this GgufTensorType type) => Table[type].Elements;

    /// <summary>The number of bytes of a block.</summary>
    public static int BlockBytes(this GgufTensorType type) => Table[type].Bytes;

    /// <summary>How blocks are turned into floats; null for types that are not quantised, or that are not read.</summary>
    public static BlockFormat? Blocks(this GgufTensorType type) => Formats.GetValueOrDefault(type);
}
