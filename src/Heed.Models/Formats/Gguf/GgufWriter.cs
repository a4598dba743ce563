using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Heed.Models.Formats.Quantization;
using Heed.Text.IO;

namespace Heed.Models.Formats.Gguf;

/// <summary>Collects metadata and tensors and writes them as one GGUF file, F32, F16, Q8_0 or Q4_0.</summary>
/// <remarks>
/// Keys and tensors stand in the order they were added. A tensor's values are asked for one tensor at a time while the file is
/// written, and the file is written whole or not at all (<see cref="AtomicFile"/>).
/// </remarks>
public sealed class GgufWriter
{
    private const int Alignment = GgufHeader.DefaultAlignment;

    private static readonly GgufTensorType[] Writable = [GgufTensorType.F32, GgufTensorType.F16, GgufTensorType.Q8Zero, GgufTensorType.Q4Zero];

    private readonly List<(string Key, GgufValue Value)> metadata = [];
    private readonly List<Pending> tensors = [];
    private readonly HashSet<string> names = new(StringComparer.Ordinal);

    private sealed record Pending(string Name, GgufTensorType Type, long[] Shape, int Count, Func<ReadOnlyMemory<float>> Read)
    {
        public long ByteLength => (long)Count / Type.BlockElements() * Type.BlockBytes();
    }

    /// <summary>Adds a value to the metadata.</summary>
    /// <exception cref="ArgumentException">The key is empty or taken.</exception>
    public void Add(string key, GgufValue value)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        ArgumentNullException.ThrowIfNull(value);
        if (metadata.Any(entry => entry.Key == key))
        {
            throw new ArgumentException($"metadata {Display.Quote(key)} was already added", nameof(key));
        }

        metadata.Add((key, value));
    }

    /// <summary>Whether a tensor of this shape can be stored as a type: quantised rows are multiples of the block.</summary>
    /// <param name="type">The type.</param>
    /// <param name="shape">The sizes of the axes, slowest first.</param>
    public static bool CanStore(GgufTensorType type, ReadOnlySpan<long> shape) =>
        Writable.Contains(type) && (shape.IsEmpty ? 1 : shape[^1]) % type.BlockElements() == 0;

    /// <summary>Adds a tensor whose values are asked for only when the file is written.</summary>
    /// <param name="name">The tensor's name, unique in the file.</param>
    /// <param name="type">F32, F16, Q8_0 or Q4_0.</param>
    /// <param name="shape">The sizes of the axes, slowest first, at most 4.</param>
    /// <param name="read">Returns the values in row-major order.</param>
    /// <exception cref="ArgumentException">The name is taken, or the type cannot store the shape.</exception>
    public void Add(string name, GgufTensorType type, ReadOnlySpan<long> shape, Func<ReadOnlyMemory<float>> read)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(read);
        if (shape.Length > 4 || !CanStore(type, shape))
        {
            throw new ArgumentException($"tensor {Display.Quote(name)} [{string.Join(", ", shape.ToArray())}] cannot be written as {type}: at most 4 axes, {string.Join(", ", Writable.Select(t => t.Name()))}, and quantised rows in multiples of 32", nameof(type));
        }

        if (!names.Add(name))
        {
            throw new ArgumentException($"tensor {Display.Quote(name)} was already added", nameof(name));
        }

        int count = 1;
        foreach (long size in shape)
        {
            count = checked((int)(count * size));
        }

        tensors.Add(new Pending(name, type, shape.ToArray(), count, read));
    }

    /// <summary>Writes the file.</summary>
    /// <exception cref="IOException">The file cannot be written; the old one, if any, is untouched.</exception>
    /// <exception cref="InvalidOperationException">A tensor gave too few or too many values.</exception>
    /// <exception cref="OverflowException">A finite value is too large for the type.</exception>
    public void Save(string path) => AtomicFile.Write(path, Write);

    private void Write(Stream stream)
    {
        using var head = new MemoryStream();
        using (var writer = new BinaryWriter(head, Encoding.UTF8, leaveOpen: true))
        {
            WriteHead(writer);
            Pad(head);
        }

        head.Position = 0;
        head.CopyTo(stream);
        foreach (Pending tensor in tensors)
        {
            ReadOnlyMemory<float> values = tensor.Read();
            if (values.Length != tensor.Count)
            {
                throw new InvalidOperationException($"tensor {Display.Quote(tensor.Name)} has {tensor.Count} values, but {values.Length} were given");
            }

            WriteValues(stream, tensor, values.Span);
            stream.Write(new byte[Padding(tensor.ByteLength)]);
        }
    }

    private void WriteHead(BinaryWriter writer)
    {
        writer.Write(GgufHeader.Magic);
        writer.Write(GgufHeader.Version);
        writer.Write((ulong)tensors.Count);
        writer.Write((ulong)metadata.Count);
        foreach ((string key, GgufValue value) in metadata)
        {
            GgufValueWriter.WriteText(writer, key);
            GgufValueWriter.Write(writer, value);
        }

        long offset = 0;
        foreach (Pending tensor in tensors)
        {
            GgufValueWriter.WriteText(writer, tensor.Name);
            writer.Write((uint)tensor.Shape.Length);
            foreach (long size in tensor.Shape.Reverse())
            {
                writer.Write(size);
            }

            writer.Write((uint)tensor.Type);
            writer.Write(offset);
            offset += tensor.ByteLength + Padding(tensor.ByteLength);
        }
    }

    private static void Pad(MemoryStream stream) => stream.Write(new byte[Padding(stream.Position)]);

    private static int Padding(long length) => (int)((Alignment - (length % Alignment)) % Alignment);

    private static void WriteValues(Stream stream, Pending tensor, ReadOnlySpan<float> values)
    {
        if (tensor.Type == GgufTensorType.F32)
        {
            stream.Write(MemoryMarshal.AsBytes(values));
            return;
        }

        int step = 128 * tensor.Type.BlockElements();
        var stored = new byte[step / tensor.Type.BlockElements() * tensor.Type.BlockBytes()];
        for (; !values.IsEmpty; values = values[Math.Min(step, values.Length)..])
        {
            ReadOnlySpan<float> part = values[..Math.Min(step, values.Length)];
            Span<byte> bytes = stored.AsSpan(0, part.Length / tensor.Type.BlockElements() * tensor.Type.BlockBytes());
            if (tensor.Type == GgufTensorType.F16)
            {
                WriteHalves(tensor.Name, part, bytes);
            }
            else
            {
                ((QuantizingFormat)tensor.Type.Blocks()!).Quantize(part, bytes);
            }

            stream.Write(bytes);
        }
    }

    private static void WriteHalves(string name, ReadOnlySpan<float> values, Span<byte> stored)
    {
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteHalfLittleEndian(stored[(2 * i)..], HalfBits.FromSingle(name, values[i]));
        }
    }
}
