using System.Collections.Immutable;

namespace Heed.Models.Formats;

/// <summary>One tensor of a safetensors file: where it lies and how to read it.</summary>
/// <param name="Name">The tensor's name, unique in the file.</param>
/// <param name="DataType">The type of each element.</param>
/// <param name="Shape">The sizes of the axes, slowest first; empty for a scalar.</param>
/// <param name="Offset">The first byte of the data, counted from the start of the file.</param>
/// <param name="ByteLength">The number of bytes of data.</param>
public sealed record SafetensorsEntry(
    string Name, SafetensorsDataType DataType, ImmutableArray<long> Shape, long Offset, long ByteLength)
{
    /// <summary>The number of elements: the product of <see cref="Shape"/>.</summary>
    public long ElementCount => ByteLength / DataType.ByteSize();

    /// <summary>The entry in the terms of all formats.</summary>
    internal CheckpointTensor ToTensor() => new(Name, DataType.Name(), Shape, ByteLength);

    /// <summary>The type and shape as an error message writes them: <c>F32 [4, 33]</c>.</summary>
    public override string ToString() => $"{DataType.Name()} [{string.Join(", ", Shape)}]";
}
