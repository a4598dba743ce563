using System.Collections.Immutable;

namespace Heed.Models.Formats.Gguf;

/// <summary>One tensor of a GGUF file: where it lies and how to read it.</summary>
/// <param name="Name">The tensor's name, unique in the file.</param>
/// <param name="Type">How its elements are stored.</param>
/// <param name="Shape">The sizes of the axes, slowest first: the reverse of the order in the file.</param>
/// <param name="Offset">The first byte of the data, counted from the start of the file.</param>
/// <param name="ByteLength">The number of bytes of data.</param>
internal sealed record GgufTensor(string Name, GgufTensorType Type, ImmutableArray<long> Shape, long Offset, long ByteLength)
{
    public CheckpointTensor ToTensor() => new(Name, Type.Name(), Shape, ByteLength);
}
