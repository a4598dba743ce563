using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;
using Heed.Nn;
using Heed.Text.IO;

namespace Heed.Models.Formats;

/// <summary>Collects tensors and writes them as one safetensors file.</summary>
/// <remarks>
/// The tensors lie in the file by element size, widest first, then by name, as the reference implementation writes them: that
/// keeps every element aligned, and the same tensors always give the same bytes, whatever the order they were added in.
/// The file is written whole or not at all (<see cref="AtomicFile"/>).
/// </remarks>
public sealed class SafetensorsWriter
{
    private static readonly JsonWriterOptions HeaderOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly SortedDictionary<string, Pending> tensors = new(StringComparer.Ordinal);

    private sealed record Pending(SafetensorsDataType DataType, long[] Shape, long ByteLength, Action<SafetensorsTensorStream> Write);

    /// <summary>Free text for the header, by key.</summary>
    public IDictionary<string, string> Metadata { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Adds a tensor whose values are asked for only when the file is written.</summary>
    /// <param name="name">The tensor's name, unique in the file.</param>
    /// <param name="dataType">The type to store.</param>
    /// <param name="shape">The sizes of the axes, slowest first; empty for a scalar.</param>
    /// <param name="write">Writes exactly as many values as the shape has, in row-major order, in as many pieces as it likes.</param>
    /// <exception cref="ArgumentException">The name is taken or reserved, or a size is negative or too large.</exception>
    public void Add(string name, SafetensorsDataType dataType, ReadOnlySpan<long> shape, Action<SafetensorsTensorStream> write)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(write);
        if (name == SafetensorsHeader.MetadataKey)
        {
            throw new ArgumentException($"{name} is the name of the header's metadata; no tensor may have it", nameof(name));
        }

        long byteLength = dataType.ByteSize();
        foreach (long size in shape)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(size, nameof(shape));
            byteLength = checked(byteLength * size);
        }

        if (!tensors.TryAdd(name, new(dataType, shape.ToArray(), byteLength, write)))
        {
            throw new ArgumentException($"tensor {Display.Quote(name)} was already added", nameof(name));
        }
    }

    /// <summary>Adds floats, stored as they are or narrowed to F16 or BF16.</summary>
    /// <exception cref="ArgumentException">The name is taken or reserved, or the shape does not hold as many values.</exception>
    public void Add(string name, ReadOnlySpan<long> shape, ReadOnlyMemory<float> values, SafetensorsDataType dataType = SafetensorsDataType.Float32)
    {
        CheckCount(name, shape, values.Length);
        Add(name, dataType, shape, stream => stream.Write(values.Span));
    }

    /// <summary>Adds a parameter of a model as it is when the file is written.</summary>
    /// <exception cref="ArgumentException">The name is taken or reserved.</exception>
    public void Add(NamedParameter parameter)
    {
        long[] shape = [.. parameter.Tensor.Shape.ToArray()];
        Add(parameter.Name, SafetensorsDataType.Float32, shape, stream => stream.Write(parameter.Tensor.Values));
    }

    /// <summary>Adds 64-bit integers.</summary>
    /// <inheritdoc cref="Add(string, ReadOnlySpan{long}, ReadOnlyMemory{float}, SafetensorsDataType)" path="/exception"/>
    public void Add(string name, ReadOnlySpan<long> shape, ReadOnlyMemory<long> values)
    {
        CheckCount(name, shape, values.Length);
        Add(name, SafetensorsDataType.Int64, shape, stream => stream.Write(values.Span));
    }

    /// <summary>Adds bytes (U8).</summary>
    /// <inheritdoc cref="Add(string, ReadOnlySpan{long}, ReadOnlyMemory{float}, SafetensorsDataType)" path="/exception"/>
    public void Add(string name, ReadOnlySpan<long> shape, ReadOnlyMemory<byte> values)
    {
        CheckCount(name, shape, values.Length);
        Add(name, SafetensorsDataType.UInt8, shape, stream => stream.WriteBytes(values.Span));
    }

    /// <summary>Writes the file.</summary>
    /// <exception cref="IOException">The file cannot be written; the old one, if any, is untouched.</exception>
    /// <exception cref="InvalidOperationException">A tensor's writer gave too few or too many values, or the header grew too long.</exception>
    public void Save(string path) => AtomicFile.Write(path, Write);

    private void Write(Stream stream)
    {
        var ordered = tensors.OrderByDescending(t => t.Value.DataType.ByteSize()).ToArray(); // stable: names stay in order
        WriteHeader(stream, ordered);
        foreach (var (name, tensor) in ordered)
        {
            var data = new SafetensorsTensorStream(stream, name, tensor.DataType, tensor.ByteLength);
            tensor.Write(data);
            data.CheckComplete();
        }
    }

    private void WriteHeader(Stream stream, KeyValuePair<string, Pending>[] ordered)
    {
        var json = new System.Buffers.ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json, HeaderOptions))
        {
            WriteJson(writer, ordered);
        }

        int padded = (json.WrittenCount + 7) / 8 * 8;
        if (padded > SafetensorsHeader.MaxLength)
        {
            throw new InvalidOperationException($"the header takes {padded} bytes, more than the {SafetensorsHeader.MaxLength} allowed");
        }

        Span<byte> length = stackalloc byte[SafetensorsHeader.LengthBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)padded);
        stream.Write(length);
        stream.Write(json.WrittenSpan);
        for (int i = json.WrittenCount; i < padded; i++)
        {
            stream.WriteByte((byte)' ');
        }
    }

    private void WriteJson(Utf8JsonWriter writer, KeyValuePair<string, Pending>[] ordered)
    {
        writer.WriteStartObject();
        if (Metadata.Count > 0)
        {
            writer.WriteStartObject(SafetensorsHeader.MetadataKey);
            foreach (var (key, value) in Metadata)
            {
                writer.WriteString(key, value);
            }

            writer.WriteEndObject();
        }

        long offset = 0;
        foreach (var (name, tensor) in ordered)
        {
            writer.WriteStartObject(name);
            writer.WriteString("dtype", tensor.DataType.Name());
            WriteNumbers(writer, "shape", tensor.Shape);
            WriteNumbers(writer, "data_offsets", [offset, checked(offset += tensor.ByteLength)]);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void WriteNumbers(Utf8JsonWriter writer, string name, ReadOnlySpan<long> numbers)
    {
        writer.WriteStartArray(name);
        foreach (long number in numbers)
        {
            writer.WriteNumberValue(number);
        }

        writer.WriteEndArray();
    }

    private static void CheckCount(string name, ReadOnlySpan<long> shape, int count)
    {
        Int128 expected = 1;
        foreach (long size in shape)
        {
            expected *= size;
        }

        if (expected != count)
        {
            throw new ArgumentException($"tensor {Display.Quote(name)}: shape [{string.Join(", ", shape.ToArray())}] holds {expected} values, but {count} were given", nameof(shape));
        }
    }
}
