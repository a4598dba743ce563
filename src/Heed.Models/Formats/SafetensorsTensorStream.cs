using System.Runtime.InteropServices;

namespace Heed.Models.Formats;

/// <summary>Takes the values of one tensor while a safetensors file is written.</summary>
public sealed class SafetensorsTensorStream
{
    private const int ChunkElements = 4096;

    private readonly Stream stream;
    private readonly string name;
    private readonly SafetensorsDataType dataType;
    private readonly long byteLength;
    private long written;

    internal SafetensorsTensorStream(Stream stream, string name, SafetensorsDataType dataType, long byteLength)
    {
        this.stream = stream;
        this.name = name;
        this.dataType = dataType;
        this.byteLength = byteLength;
    }

    /// <summary>Writes the next values of a tensor stored as F32, F16 or BF16 (rounded to nearest, ties to even).</summary>
    /// <exception cref="InvalidOperationException">The tensor has another type, or these are more values than its shape holds.</exception>
    /// <exception cref="OverflowException">A finite value is too large for F16.</exception>
    public void Write(ReadOnlySpan<float> values)
    {
        switch (dataType)
        {
            case SafetensorsDataType.Float32: WriteBytes(MemoryMarshal.AsBytes(values)); break;
            case SafetensorsDataType.Float16: WriteConverted(values, value => HalfBits.FromSingle(name, value)); break;
            case SafetensorsDataType.BFloat16: WriteConverted(values, BFloat16Bits.FromSingle); break;
            default: throw WrongType("floats");
        }
    }

    /// <summary>Writes the next values of a tensor stored as I64.</summary>
    /// <exception cref="InvalidOperationException">The tensor has another type, or these are more values than its shape holds.</exception>
    public void Write(ReadOnlySpan<long> values)
    {
        if (dataType != SafetensorsDataType.Int64)
        {
            throw WrongType("64-bit integers");
        }

        WriteBytes(MemoryMarshal.AsBytes(values));
    }

    /// <summary>Writes the next bytes of a tensor of any type, as they are to be stored.</summary>
    /// <exception cref="InvalidOperationException">These are more bytes than the tensor has.</exception>
    public void WriteBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > byteLength - written)
        {
            throw new InvalidOperationException($"tensor {Display.Quote(name)} has {byteLength} bytes, but {written + bytes.Length} were given");
        }

        stream.Write(bytes);
        written += bytes.Length;
    }

    internal void CheckComplete()
    {
        if (written != byteLength)
        {
            throw new InvalidOperationException($"tensor {Display.Quote(name)} has {byteLength} bytes, but only {written} were given");
        }
    }

    private void WriteConverted<T>(ReadOnlySpan<float> values, Func<float, T> convert) where T : unmanaged
    {
        Span<T> chunk = new T[Math.Min(ChunkElements, values.Length)];
        for (int start = 0; start < values.Length; start += chunk.Length)
        {
            var part = chunk[..Math.Min(chunk.Length, values.Length - start)];
            for (int i = 0; i < part.Length; i++)
            {
                part[i] = convert(values[start + i]);
            }

            WriteBytes(MemoryMarshal.AsBytes(part));
        }
    }

    private InvalidOperationException WrongType(string given) =>
        new($"tensor {Display.Quote(name)} is stored as {dataType.Name()}; it cannot take {given}");
}
