using System.Collections.Immutable;

namespace Heed.Models.Formats;

/// <summary>One tensor of a checkpoint.</summary>
/// <param name="Name">Its name, unique in the checkpoint.</param>
/// <param name="DataType">How its elements are stored, in the format's own word: <c>F32</c>, <c>BF16</c>, <c>Q4_K</c>.</param>
/// <param name="Shape">The sizes of the axes, slowest first; empty for a scalar.</param>
/// <param name="ByteLength">The number of bytes it takes in the file.</param>
public sealed record CheckpointTensor(string Name, string DataType, ImmutableArray<long> Shape, long ByteLength)
{
    /// <summary>The number of elements: the product of <see cref="Shape"/>.</summary>
    public long ElementCount => Shape.Aggregate(1L, (product, size) => product * size);

    /// <summary>The type and shape as an error message writes them: <c>F32 [4, 33]</c>.</summary>
    public override string ToString() => $"{DataType} [{string.Join(", ", Shape)}]";
}
